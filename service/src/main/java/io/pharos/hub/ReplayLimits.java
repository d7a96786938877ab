package io.pharos.hub;

/**
 * How a subscription that is behind catches up.
 *
 * @param page messages read from history at once
 * @param held live messages that wait meanwhile, or while the client does not keep up
 * @param heldBytes roughly their bytes; one may always wait where the policy keeps the newest
 * @param retry when to try again while the broker is away
 */
record ReplayLimits(int page, int held, long heldBytes, Retry retry) {
  static final ReplayLimits DEFAULT = new ReplayLimits(256, 256, 1 << 20, Retry.BACKING_OFF);

  ReplayLimits {
    if (page < 1 || held < 0 || heldBytes < 0) {
      throw new IllegalArgumentException("a page holds at least one message, held ones at least 0");
    }
  }

  ReplayLimits(int page, int held, Retry retry) {
    this(page, held, Long.MAX_VALUE, retry);
  }
}
