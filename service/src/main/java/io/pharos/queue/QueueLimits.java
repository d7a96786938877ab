package io.pharos.queue;

import java.time.Duration;

/**
 * How much a queue keeps, and how long it tries.
 *
 * @param maxMessages how many messages a queue holds, handed out ones included; publishing one more
 *     is refused
 * @param ttl how long a message waits in its queue at the most
 * @param maxDeliveries how often a message is handed out before it becomes a dead letter
 */
public record QueueLimits(int maxMessages, Duration ttl, int maxDeliveries) {
  public static final QueueLimits DEFAULT = new QueueLimits(100_000, Duration.ofDays(7), 5);

  public QueueLimits {
    if (maxMessages < 1 || maxDeliveries < 1 || ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("limits of queues must be positive");
    }
  }
}
