package io.pharos.broker;

import java.time.Duration;

/**
 * How much a destination retains.
 *
 * @param size messages at the most; 0 retains none, and delivery of that destination is
 *     at-most-once
 * @param ttl how long a message is retained at the most
 */
public record HistoryLimits(int size, Duration ttl) {
  public HistoryLimits {
    if (size < 0 || ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("history size must be at least 0 and its ttl positive");
    }
  }
}
