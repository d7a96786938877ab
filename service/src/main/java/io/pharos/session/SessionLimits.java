package io.pharos.session;

import java.time.Duration;

/**
 * How much a session may hold back.
 *
 * @param outboxMessages how many messages may wait
 * @param outboxBytes how many bytes may wait; one message, or one batch of them, may always wait,
 *     however large
 * @param writeTimeout how long one write may block
 */
public record SessionLimits(int outboxMessages, long outboxBytes, Duration writeTimeout) {
  public static final SessionLimits DEFAULT =
      new SessionLimits(1000, 1 << 20, Duration.ofSeconds(10));

  public SessionLimits {
    if (outboxMessages < 1
        || outboxBytes < 1
        || writeTimeout.isNegative()
        || writeTimeout.isZero()) {
      throw new IllegalArgumentException("outbox bounds and the write timeout must be positive");
    }
  }
}
