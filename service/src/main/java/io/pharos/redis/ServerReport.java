package io.pharos.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a server says about itself that the operator should know, said once. */
final class ServerReport {
  private static final Logger LOG = System.getLogger(ServerReport.class.getName());

  private final AtomicBoolean said = new AtomicBoolean();

  /**
   * Looks at a new connection's server.
   *
   * @throws ReplicaException when it is a replica, which takes no messages
   */
  void read(Wire wire) {
    var info = new HashMap<String, String>();
    for (String section : new String[] {"replication", "memory", "server"}) {
      read(wire, section, info);
    }
    if ("slave".equals(info.get("role"))) {
      throw new ReplicaException(wire.address());
    }
    if (!said.getAndSet(true)) {
      say(info);
    }
  }

  private static void read(Wire wire, String section, Map<String, String> into) {
    try {
      Object answer = wire.call(new CommandArguments(Protocol.Command.INFO).add(section));
      for (String line : new String((byte[]) answer, StandardCharsets.UTF_8).split("\r\n", -1)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          into.put(line.substring(0, colon), line.substring(colon + 1));
        }
      }
    } catch (JedisDataException e) {
      String error = String.valueOf(e.getMessage());
      if (!error.startsWith("NOPERM")) {
        throw e;
      }
    }
  }

  private static void say(Map<String, String> info) {
    String policy = info.getOrDefault("maxmemory_policy", "noeviction");
    if (!info.getOrDefault("maxmemory", "0").equals("0") && !policy.equals("noeviction")) {
      LOG.log(
          Level.WARNING,
          "Redis has maxmemory-policy {0}: when its memory is full it drops history and positions,"
              + " and clients are told of gaps; set it to noeviction",
          policy);
    }
    String version = info.getOrDefault("redis_version", "7.0");
    if (version.matches("[0-5]\\..*|6\\.[01]\\..*")) {
      LOG.log(Level.ERROR, "Redis is version {0}; Pharos needs 6.2 or later", version);
    }
  }
}
