package io.pharos.redis;

import redis.clients.jedis.HostAndPort;

/**
 * Where something is sent.
 *
 * @param asking the server is only about to get the slot, and does what it is asked to with ASKING
 */
record Route(HostAndPort server, boolean asking) {}
