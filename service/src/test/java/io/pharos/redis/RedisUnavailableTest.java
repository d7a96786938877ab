package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisUnavailableTest {
  private final RuntimeException cause = new IllegalStateException("from Redis");

  @Test
  void whoPublishesIsToldWhatWasStored() {
    assertThat(RedisUnavailable.unreachable(cause).ofPublication().detail())
        .isEqualTo("Redis cannot be reached; nothing was stored");
    assertThat(RedisUnavailable.unanswered(cause).ofPublication().detail())
        .isEqualTo("Redis has not answered: whether something was stored is unknown");
    assertThat(
            RedisUnavailable.refused(new JedisDataException("READONLY You can't write"))
                .ofPublication()
                .detail())
        .endsWith("takes no messages; nothing was stored");
    assertThat(RedisUnavailable.unreachable(cause).besides(2).ofPublication().detail())
        .isEqualTo("Redis cannot be reached; 2 of the publications were stored");
  }

  @Test
  void aReplicaAndAServerThatRefusesAreNotCalledAway() {
    assertThat(
            RedisUnavailable.unreachable(new ReplicaException(new HostAndPort("127.0.0.1", 6379)))
                .ofPublication()
                .detail())
        .isEqualTo("Redis is a replica at the moment and takes no messages; nothing was stored");
    assertThat(
            RedisUnavailable.unreachable(new JedisDataException("WRONGPASS invalid pair")).detail())
        .isEqualTo("Redis refused the password");
  }

  @Test
  void whoReadsIsNot() {
    assertThat(RedisUnavailable.unreachable(cause).detail()).isEqualTo("Redis cannot be reached");
    assertThat(RedisUnavailable.unanswered(cause).detail()).isEqualTo("Redis has not answered");
  }
}
