package io.pharos.hub;

/**
 * How a subscription that is behind catches up.
 *
 * @param page messages read from history at once
 * @param held live messages that wait while history is read; more than these are read again
 */
record ReplayLimits(int page, int held) {
  static final ReplayLimits DEFAULT = new ReplayLimits(256, 256);

  ReplayLimits {
    if (page < 1 || held < 0) {
      throw new IllegalArgumentException("a page holds at least one message, held ones at least 0");
    }
  }
}
