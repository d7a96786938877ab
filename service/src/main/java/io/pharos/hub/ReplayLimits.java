package io.pharos.hub;

/**
 * How a subscription that is behind catches up.
 *
 * @param page messages read from history at once
 * @param held live messages that wait while history is read; more than these are read again
 * @param retry when to try again while the broker is away
 */
record ReplayLimits(int page, int held, Retry retry) {
  static final ReplayLimits DEFAULT = new ReplayLimits(256, 256, Retry.BACKING_OFF);

  ReplayLimits {
    if (page < 1 || held < 0) {
      throw new IllegalArgumentException("a page holds at least one message, held ones at least 0");
    }
  }
}
