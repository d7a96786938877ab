package io.pharos.session;

import java.time.Duration;

/**
 * How much a session may hold back.
 *
 * @param outboxMessages how many messages may wait
 * @param outboxBytes how many bytes may wait; one message, or one batch of them, may always wait,
 *     however large
 * @param writeTimeout how long one write may block before the session ends
 * @param closeTimeout how long a session that ends may take to write what is left, its reason above
 *     all
 * @param grace how long a write may block before the bound in messages counts: a client that reads
 *     is given that in bytes alone
 */
public record SessionLimits(
    int outboxMessages,
    long outboxBytes,
    Duration writeTimeout,
    Duration closeTimeout,
    Duration grace) {
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          1000, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(1));

  /** Without grace, and with as much time to close as for a write. */
  public SessionLimits(int outboxMessages, long outboxBytes, Duration writeTimeout) {
    this(outboxMessages, outboxBytes, writeTimeout, writeTimeout, Duration.ZERO);
  }

  public SessionLimits {
    if (outboxMessages < 1
        || outboxBytes < 1
        || writeTimeout.isNegative()
        || writeTimeout.isZero()
        || closeTimeout.isNegative()
        || closeTimeout.isZero()
        || grace.isNegative()) {
      throw new IllegalArgumentException(
          "outbox bounds, write and close timeouts must be positive, and grace not negative");
    }
  }
}
