package io.pharos.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks the sentinels, one after the other, where the primary is. The one that answered last is
 * asked first. What they say may be old; whoever connects there finds out whether it is a primary.
 */
final class SentinelPrimaries implements Primaries {
  private final RedisUrl url;
  private final Duration timeout;
  private volatile List<HostAndPort> sentinels;

  /**
   * @param timeout for each sentinel
   */
  SentinelPrimaries(RedisUrl url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    this.sentinels = url.hosts();
  }

  @Override
  public HostAndPort locate() {
    JedisException last = new JedisConnectionException("no sentinel is configured");
    for (HostAndPort sentinel : sentinels) {
      try {
        HostAndPort primary = ask(sentinel);
        prefer(sentinel);
        return primary;
      } catch (JedisException e) {
        last = e;
      }
    }
    throw last;
  }

  private HostAndPort ask(HostAndPort sentinel) {
    try (Wire wire = Wire.connect(url, sentinel, timeout)) {
      if (answer(wire) instanceof List<?> address && address.size() == 2) {
        return new HostAndPort(text(address.get(0)), Integer.parseInt(text(address.get(1))));
      }
      throw new JedisConnectionException(sentinel + " knows no master '" + url.master() + "'");
    }
  }

  /** Logs in where that is asked for: many sentinels know no users while their servers do. */
  private Object answer(Wire wire) {
    var question =
        new CommandArguments(Command.SENTINEL).add("get-master-addr-by-name").add(url.master());
    try {
      return wire.call(question);
    } catch (JedisAccessControlException e) {
      if (url.password() == null) {
        throw e;
      }
      wire.authenticate(url);
      return wire.call(question);
    }
  }

  private void prefer(HostAndPort sentinel) {
    if (!sentinels.getFirst().equals(sentinel)) {
      var order = new ArrayList<>(sentinels);
      order.remove(sentinel);
      order.addFirst(sentinel);
      sentinels = List.copyOf(order);
    }
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }
}
