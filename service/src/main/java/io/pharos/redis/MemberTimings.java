package io.pharos.redis;

import java.time.Duration;

/**
 * How members find out about each other.
 *
 * @param lease how long a node counts as alive after it was last heard of
 * @param renew how often it is heard of; some times within a lease
 * @param answer how long a node may take to answer the others' questions
 */
record MemberTimings(Duration lease, Duration renew, Duration answer) {
  static final MemberTimings DEFAULT =
      new MemberTimings(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(1));
}
