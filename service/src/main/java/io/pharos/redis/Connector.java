package io.pharos.redis;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Opens connections to the primary. */
final class Connector {
  private final RedisUrl url;
  private final Primaries primaries;
  private final RedisTimings timings;
  private final ServerReport report = new ServerReport();

  Connector(RedisUrl url, Primaries primaries, RedisTimings timings) {
    this.url = url;
    this.primaries = primaries;
    this.timings = timings;
  }

  /**
   * Connects, logs in, and finds the other side to be a primary.
   *
   * @param name what Redis lists the connection as
   * @throws redis.clients.jedis.exceptions.JedisException when that fails
   */
  Wire open(String name) {
    Wire wire = Wire.open(url, primaries.locate(), name, timings.connect());
    try {
      report.read(wire);
      wire.readTimeout(timings.answer());
      return wire;
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  /** A connection for commands: one that knows the scripts. */
  Wire openForCommands(String name) {
    Wire wire = open(name);
    try {
      for (Script script : Script.values()) {
        wire.call(script.load());
      }
      return wire;
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  /** Whether a connection that was not used for a while still answers. */
  static boolean answers(Wire wire) {
    try {
      return wire.call(new CommandArguments(Protocol.Command.PING)) != null;
    } catch (JedisDataException e) {
      // It does, even if not with what was hoped for: the command itself will be told the same.
      return true;
    } catch (JedisConnectionException e) {
      return false;
    }
  }
}
