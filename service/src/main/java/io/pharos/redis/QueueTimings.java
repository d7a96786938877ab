package io.pharos.redis;

import java.time.Duration;

/**
 * How a node consumes work queues.
 *
 * @param lease after so long of silence what a node holds goes to others
 * @param look how often a node looks at a queue that it consumes, whether it is woken or not; its
 *     lease is renewed then
 */
record QueueTimings(Duration lease, Duration look) {
  static final QueueTimings DEFAULT =
      new QueueTimings(Duration.ofSeconds(15), Duration.ofSeconds(1));
}
