package io.pharos.redis;

import redis.clients.jedis.HostAndPort;

/** Finds the server that takes writes. May ask others and block for that. */
@FunctionalInterface
interface Primaries {
  /**
   * Where the primary is now, as far as can be told.
   *
   * @throws redis.clients.jedis.exceptions.JedisException when it cannot be found
   */
  HostAndPort locate();
}
