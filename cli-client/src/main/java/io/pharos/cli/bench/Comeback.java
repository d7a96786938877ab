package io.pharos.cli.bench;

import java.util.SplittableRandom;

/**
 * How the clients that a server lost come back: each after a random pause that grows with every
 * attempt, as well-behaved clients do, so that they do not all come at once for ever.
 */
final class Comeback {
  private static final long FIRST_PAUSE = 500_000_000;
  private static final long LONGEST_PAUSE = 5_000_000_000L;

  private final SplittableRandom random;
  private int returned;
  private long longestAbsence;

  Comeback(SplittableRandom random) {
    this.random = random;
  }

  /**
   * How long to wait, in nanoseconds: between half of the pause and all of it.
   *
   * @param attempts that have failed since the connection was lost
   */
  long pause(int attempts) {
    long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(attempts, 10));
    return pause / 2 + random.nextLong(pause / 2);
  }

  /** One is back, after so many nanoseconds. */
  void returned(long absence) {
    returned++;
    longestAbsence = Math.max(longestAbsence, absence);
  }

  int returned() {
    return returned;
  }

  /** The longest time, in seconds, between a loss and the new subscription. */
  double longestAbsenceSeconds() {
    return longestAbsence / 1e9;
  }
}
