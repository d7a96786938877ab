package io.pharos.admission;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Why a client is sent away for now. It may come back, and be let in then. */
public enum Refusal {
  /** The node has as many connections as it may have. */
  NODE_FULL("The server has as many connections as it may have", 10, 30),
  /** The client's address has as many connections as one may have. */
  ADDRESS_FULL("There are as many connections from this address as there may be", 10, 30),
  /** The client's user has as many connections as one may have. */
  USER_FULL("The user has as many connections as one may have", 10, 30),
  /** More clients come at once than the node lets in. */
  TOO_FAST("Too many clients connect at once", 2, 6);

  private final String text;
  private final int soonest;
  private final int latest;

  Refusal(String text, int soonest, int latest) {
    this.text = text;
    this.soonest = soonest;
    this.latest = latest;
  }

  /** A sentence for people. */
  public String text() {
    return text;
  }

  /** When to come back: different for each, so that they do not all come at once again. */
  Duration pause(RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(soonest * 1000L, latest * 1000L));
  }
}
