package io.pharos.redis;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: doubling, each shortened by chance so that nodes do not come at once.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(50);

  private final long longest;
  private long next = FIRST.toNanos();

  Backoff(Duration longest) {
    this.longest = longest.toNanos();
  }

  /** How long to wait now, in nanoseconds: between half of the step and all of it. */
  long nextNanos() {
    long step = Math.min(next, longest);
    next = Math.min(longest, next * 2);
    return step / 2 + ThreadLocalRandom.current().nextLong(step / 2 + 1);
  }

  void reset() {
    next = FIRST.toNanos();
  }
}
