package io.pharos.redis;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A new connection leads to a replica, which takes no messages: it is of no use, and closed. */
final class ReplicaException extends JedisConnectionException {
  private static final long serialVersionUID = 1L;

  /**
   * @param address the replica's
   */
  ReplicaException(HostAndPort address) {
    super(address + " is a replica");
  }
}
