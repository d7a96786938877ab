package io.pharos.redis;

import redis.clients.jedis.HostAndPort;

/** Finds the server that takes writes. May ask others and block for that. */
@FunctionalInterface
interface Primaries {

  /** The way that fits the URL. */
  static Primaries of(RedisUrl url, RedisTimings timings) {
    return switch (url.topology()) {
      case STANDALONE -> () -> url.hosts().getFirst();
      case SENTINEL -> new SentinelPrimaries(url, timings.connect().dividedBy(2));
      case CLUSTER ->
          throw new IllegalArgumentException("Redis Cluster is not supported by this version");
    };
  }

  /**
   * Where the primary is now, as far as can be told.
   *
   * @throws redis.clients.jedis.exceptions.JedisException when it cannot be found
   */
  HostAndPort locate();
}
