package io.pharos.app;

import io.pharos.redis.RedisUrl;
import io.pharos.redis.TrustStore;
import io.pharos.relay.RelaySettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Where messages live: in memory when both are empty.
 *
 * @param redis the Redis that joins the nodes
 * @param relay the other broker that is relayed to
 */
record BrokerChoice(Optional<RedisUrl> redis, Optional<RelaySettings> relay) {
  /** Others than Pharos publish as well, and are not bound by its limits. */
  private static final int MAX_BODY = 4 << 20;

  private static final Duration LONGEST_HEART_BEAT = Duration.ofHours(1);
  private static final Duration SHORTEST_HEART_BEAT = Duration.ofMillis(100);

  /** In memory, when what is configured cannot be used: the source is told of it. */
  static BrokerChoice read(ConfigSource source) {
    return source.orElse(
        new BrokerChoice(Optional.empty(), Optional.empty()), () -> choose(source));
  }

  private static BrokerChoice choose(ConfigSource source) {
    Optional<RedisUrl> url =
        source.optional(Setting.REDIS_URL).map(value -> redisUrl(value, source));
    String kind = source.text(Setting.BROKER);
    return switch (kind) {
      case "" -> new BrokerChoice(url, Optional.empty());
      case "memory" -> new BrokerChoice(Optional.empty(), Optional.empty());
      case "redis" -> {
        if (url.isEmpty()) {
          throw new ConfigurationException(
              Setting.BROKER.key() + " is redis: set " + Setting.REDIS_URL.key());
        }
        yield new BrokerChoice(url, Optional.empty());
      }
      case "relay" -> new BrokerChoice(Optional.empty(), Optional.of(relay(source)));
      default ->
          throw new ConfigurationException(Setting.BROKER.key(), kind, "memory, redis or relay");
    };
  }

  /** Without repeating the value, which holds a password. */
  private static RedisUrl redisUrl(String value, ConfigSource source) {
    RedisUrl url;
    try {
      url = RedisUrl.parse(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(Setting.REDIS_URL.key() + ": " + e.getMessage());
    }
    return source
        .optional(Setting.REDIS_TRUSTSTORE)
        .map(file -> url.trusting(trustStore(file, source)))
        .orElse(url);
  }

  private static TrustStore trustStore(String file, ConfigSource source) {
    try {
      String password = source.optional(Setting.REDIS_TRUSTSTORE_PASSWORD).orElse(null);
      return new TrustStore(Settings.path(file), password);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(Setting.REDIS_TRUSTSTORE.key() + ": " + e.getMessage());
    }
  }

  private static RelaySettings relay(ConfigSource source) {
    int port = source.count(Setting.RELAY_PORT, 1);
    if (port > 65_535) {
      throw new ConfigurationException(
          Setting.RELAY_PORT.key(), Integer.toString(port), "a port from 1 to 65535");
    }
    Duration heartBeat = source.duration(Setting.RELAY_HEARTBEAT);
    if (heartBeat.compareTo(SHORTEST_HEART_BEAT) < 0
        || heartBeat.compareTo(LONGEST_HEART_BEAT) > 0) {
      throw new ConfigurationException(
          Setting.RELAY_HEARTBEAT.key(), source.text(Setting.RELAY_HEARTBEAT), "100ms to 1h");
    }
    var client =
        new RelaySettings.Login(
            source.text(Setting.RELAY_LOGIN), source.text(Setting.RELAY_PASSCODE));
    var system =
        source.optional(Setting.RELAY_SYSTEM_LOGIN).isEmpty()
            ? client
            : new RelaySettings.Login(
                source.text(Setting.RELAY_SYSTEM_LOGIN),
                source.text(Setting.RELAY_SYSTEM_PASSCODE));
    return new RelaySettings(
        source.text(Setting.RELAY_HOST),
        port,
        client,
        system,
        source.text(Setting.RELAY_VIRTUAL_HOST),
        heartBeat,
        source.duration(Setting.WRITE_TIMEOUT),
        MAX_BODY);
  }
}
