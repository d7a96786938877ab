package io.pharos.app;

import io.pharos.admission.AdmissionLimits;
import io.pharos.broker.HistoryLimits;
import io.pharos.hub.DeliverySettings;
import io.pharos.message.Destination;
import io.pharos.queue.QueueLimits;
import io.pharos.redis.RedisBroker;
import io.pharos.redis.RedisUrl;
import io.pharos.relay.RelaySettings;
import io.pharos.security.JwtSettings;
import io.pharos.security.KeySource;
import io.pharos.session.SessionLimits;
import io.pharos.sockjs.SockJsSettings;
import io.pharos.web.ClientAddress;
import io.pharos.web.OriginPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The configuration, read and checked once at start.
 *
 * @param developmentSecret where development mode keeps its secret; empty outside of it
 * @param redis where the shared log is; empty keeps it elsewhere
 * @param relay the other broker that is relayed to
 * @param history the limits of each destination
 * @param linger how long messages of a destination may wait for others
 * @param presence the destinations where it is announced who joins and leaves
 * @param queue the limits of every work queue
 * @param admission how many clients are let in
 * @param trustedProxies whose word on a client's address is taken
 * @param delivery how messages are delivered
 * @param sockJs how SockJS behaves; empty when it is off
 */
record Settings(
    String nodeId,
    boolean dev,
    Optional<Path> developmentSecret,
    JwtSettings jwt,
    String jwtCookie,
    List<String> allowedOrigins,
    Duration heartbeat,
    SessionLimits session,
    int maxMessageBytes,
    int maxBatch,
    int maxStreamDestinations,
    Optional<RedisUrl> redis,
    Optional<RelaySettings> relay,
    String redisPrefix,
    Function<Destination, HistoryLimits> history,
    Function<Destination, Duration> linger,
    Predicate<Destination> presence,
    QueueLimits queue,
    AdmissionLimits admission,
    List<String> trustedProxies,
    DeliverySettings delivery,
    Optional<SockJsSettings> sockJs) {
  private static final int DEVELOPMENT_HISTORY = 10_000;
  private static final int FRAME_HEADERS = 256 << 10;
  private static final JwtSettings NO_KEY =
      new JwtSettings(new KeySource.None(), null, null, JwtSettings.DEFAULT_LEEWAY);
  private static final Set<String> KEYS =
      Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toUnmodifiableSet());

  /**
   * Reads everything.
   *
   * @param properties all configured keys with their values
   * @throws ConfigurationException naming every key that cannot be used
   */
  static Settings read(Map<String, String> properties) {
    var source = new ConfigSource(key -> Optional.ofNullable(properties.get(key)));
    Settings settings = read(properties, source);
    source.check();
    return settings;
  }

  private static Settings read(Map<String, String> properties, ConfigSource source) {
    boolean dev = source.flag(Setting.DEV);
    var session =
        new SessionLimits(
            source.count(Setting.OUTBOX_MESSAGES, 1),
            source.size(Setting.OUTBOX_BYTES, 1024, 1L << 30),
            source.duration(Setting.WRITE_TIMEOUT),
            source.duration(Setting.CLOSE_TIMEOUT),
            source.duration(Setting.OUTBOX_GRACE));
    int historySize =
        dev && source.optional(Setting.HISTORY_SIZE).isEmpty()
            ? DEVELOPMENT_HISTORY
            : source.count(Setting.HISTORY_SIZE, 0);
    var history = new HistoryLimits(historySize, source.duration(Setting.HISTORY_TTL));
    DestinationSettings destinations =
        DestinationSettings.of(history, source.moment(Setting.LINGER), properties, source);
    BrokerChoice broker = BrokerChoice.read(source);
    return new Settings(
        source.orElse("", () -> nodeId(source)),
        dev,
        dev ? Optional.of(path(source.text(Setting.DEV_SECRET_FILE))) : Optional.empty(),
        source.orElse(NO_KEY, () -> jwt(source)),
        source.text(Setting.JWT_COOKIE),
        source.orElse(List.of(), () -> allowedOrigins(source, dev)),
        source.duration(Setting.HEARTBEAT),
        session,
        (int) source.size(Setting.MESSAGE_MAX_BYTES, 1, 1 << 20),
        source.count(Setting.BATCH_MAX_MESSAGES, 1),
        source.count(Setting.STREAM_MAX_DESTINATIONS, 1),
        broker.redis(),
        broker.relay(),
        source.orElse("", () -> redisPrefix(source)),
        destinations,
        destinations::linger,
        destinations::announcesPresence,
        new QueueLimits(
            source.count(Setting.QUEUE_MAX_MESSAGES, 1),
            source.duration(Setting.QUEUE_TTL),
            source.count(Setting.QUEUE_MAX_DELIVERIES, 1)),
        new AdmissionLimits(
            source.count(Setting.CONNECTIONS_MAX, 0),
            source.count(Setting.CONNECTIONS_PER_USER, 0),
            source.count(Setting.CONNECTIONS_PER_ADDRESS, 0),
            source.count(Setting.HANDSHAKES_PER_SECOND, 0)),
        source.orElse(List.of(), () -> trustedProxies(source)),
        new DeliverySettings(destinations::overflow, source.count(Setting.REPLAYS_MAX, 0)),
        source.orElse(Optional.empty(), () -> sockJs(source, session)));
  }

  /**
   * Which of the names look as if they were meant for Pharos, and are none of its keys: misspelled,
   * most likely.
   */
  static List<String> unknown(Iterable<String> names) {
    var unknown = new TreeSet<String>();
    for (String name : names) {
      if (name.startsWith("pharos.")
          && !KEYS.contains(name)
          && !name.startsWith(DestinationSettings.PREFIX)) {
        unknown.add(name);
      }
    }
    return List.copyOf(unknown);
  }

  /** The same, with the key that development mode generated. */
  Settings withKey(KeySource key) {
    return new Settings(
        nodeId,
        dev,
        developmentSecret,
        new JwtSettings(key, jwt.issuer(), jwt.audience(), jwt.leeway()),
        jwtCookie,
        allowedOrigins,
        heartbeat,
        session,
        maxMessageBytes,
        maxBatch,
        maxStreamDestinations,
        redis,
        relay,
        redisPrefix,
        history,
        linger,
        presence,
        queue,
        admission,
        trustedProxies,
        delivery,
        sockJs);
  }

  private static Optional<SockJsSettings> sockJs(ConfigSource source, SessionLimits session) {
    if (!source.flag(Setting.SOCKJS_ENABLED)) {
      return Optional.empty();
    }
    int message = (int) source.size(Setting.MESSAGE_MAX_BYTES, 1, 1 << 20);
    try {
      return Optional.of(
          new SockJsSettings(
              true,
              source.flag(Setting.SOCKJS_COOKIE_NEEDED),
              source.list(Setting.ALLOWED_ORIGINS).contains("*"),
              source.optional(Setting.SOCKJS_CLIENT_URL).orElse(null),
              source.duration(Setting.SOCKJS_HEARTBEAT),
              source.duration(Setting.SOCKJS_DISCONNECT_DELAY),
              // The session above gives up first, with a reason.
              session.writeTimeout().plus(session.closeTimeout()),
              (int) source.size(Setting.SOCKJS_STREAM_LIMIT, 1024, 1 << 30),
              // The body, its escapes, and the frame's headers.
              2 * message + FRAME_HEADERS));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(Setting.SOCKJS_CLIENT_URL.key() + ": " + e.getMessage());
    }
  }

  private static String nodeId(ConfigSource source) {
    String id =
        source
            .optional(Setting.NODE_ID)
            .orElseGet(() -> UUID.randomUUID().toString().substring(0, 8));
    if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new ConfigurationException(
          Setting.NODE_ID.key(), id, "1 to 64 letters, digits and - . _");
    }
    return id;
  }

  private static List<String> allowedOrigins(ConfigSource source, boolean dev) {
    List<String> origins = source.list(Setting.ALLOWED_ORIGINS);
    try {
      var unused = OriginPolicy.of(origins, dev);
      return origins;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> trustedProxies(ConfigSource source) {
    List<String> proxies = source.list(Setting.TRUSTED_PROXIES);
    try {
      var unused = ClientAddress.trusting(proxies);
      return proxies;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(Setting.TRUSTED_PROXIES.key() + ": " + e.getMessage());
    }
  }

  private static String redisPrefix(ConfigSource source) {
    String prefix = source.text(Setting.REDIS_PREFIX);
    if (!RedisBroker.isPrefix(prefix)) {
      throw new ConfigurationException(
          Setting.REDIS_PREFIX.key(), prefix, "1 to 64 letters, digits and . _ : -");
    }
    return prefix;
  }

  private static JwtSettings jwt(ConfigSource source) {
    try {
      return new JwtSettings(
          KeySource.of(
              source.text(Setting.JWT_SECRET),
              pem(source.text(Setting.JWT_PUBLIC_KEY)),
              source.text(Setting.JWT_JWKS_URL)),
          source.text(Setting.JWT_ISSUER),
          source.text(Setting.JWT_AUDIENCE),
          JwtSettings.DEFAULT_LEEWAY);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /** The key itself, or what the file holds that is named. */
  private static String pem(String value) {
    if (value.isEmpty() || value.startsWith("-----BEGIN")) {
      return value;
    }
    try {
      return Files.readString(path(value));
    } catch (IOException | InvalidPathException e) {
      throw new ConfigurationException(
          Setting.JWT_PUBLIC_KEY.key(), value, "a PEM, or the path of a file that can be read");
    }
  }

  static Path path(String value) {
    return value.startsWith("~/") ? Path.of(home(), value.substring(2)) : Path.of(value);
  }

  /** As a shell understands it, and the command line, which looks for the same secret. */
  private static String home() {
    String told = System.getenv("HOME");
    return told == null || told.isBlank() ? System.getProperty("user.home") : told;
  }
}
