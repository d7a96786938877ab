package io.pharos.cli.bench;

import java.time.Duration;

/**
 * How long a run waits, once the publications are over, for what has not come yet.
 *
 * @param quiet for the next delivery, or for the next client to come back
 * @param absence for clients that are away, in all
 */
record Patience(Duration quiet, Duration absence) {
  /** What suits most servers. */
  static Patience with(Load.Churn churn) {
    // A server that has just started may take its time until it hands out what was missed.
    int quiet = churn == Load.Churn.RETURN ? 15 : 3;
    return new Patience(Duration.ofSeconds(quiet), Duration.ofMinutes(1));
  }
}
