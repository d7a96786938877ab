package io.pharos.app;

/**
 * Every configuration key, with its default and its meaning: the reference that the README prints.
 * Each is also an environment variable, in capitals with {@code _} for every other character.
 */
public enum Setting {
  HTTP_PORT("pharos.http.port", "9080", "HTTP port (read by the server configuration)"),
  HTTP_HOST(
      "pharos.http.host", "*", "Network interface to listen on (read by the server configuration)"),
  HTTP_SEND_BUFFER(
      "pharos.http.send-buffer",
      "262144",
      "Bytes that the operating system may hold for one connection until its client reads them, 4"
          + " to 16777216 (read by the server configuration)"),
  HTTPS_PORT(
      "pharos.https.port", "-1", "HTTPS port; -1 is closed (read by the server configuration)"),
  HTTPS_KEYSTORE(
      "pharos.https.keystore",
      "key.p12",
      "PKCS #12 file with key and certificates; a missing one is made, self-signed"),
  HTTPS_KEYSTORE_PASSWORD(
      "pharos.https.keystore.password", "", "Its password; without one there is no HTTPS"),
  NODE_ID(
      "pharos.node.id",
      "",
      "This node's name, 1 to 64 letters, digits and `- . _`; empty generates one"),
  DEV("pharos.dev", "false", "Development mode: true only when Maven runs the server"),
  DEV_SECRET_FILE(
      "pharos.dev.secret-file",
      "~/.pharos/dev-secret",
      "Where development mode keeps its generated secret"),
  JWT_SECRET("pharos.jwt.secret", "", "HS256 key, at least 32 bytes"),
  JWT_PUBLIC_KEY(
      "pharos.jwt.public-key",
      "",
      "PEM of an RSA (RS256) or P-256 (ES256) public key, or a file's path"),
  JWT_JWKS_URL(
      "pharos.jwt.jwks-url",
      "",
      "Where the identity provider publishes its keys (RS256, ES256); https"),
  JWT_ISSUER("pharos.jwt.issuer", "", "Required `iss`; empty accepts any"),
  JWT_AUDIENCE("pharos.jwt.audience", "", "Required in `aud`; empty accepts any"),
  JWT_COOKIE("pharos.jwt.cookie", "pharos_token", "Cookie that may carry the token"),
  ALLOWED_ORIGINS(
      "pharos.allowed-origins",
      "",
      "Comma-separated origins (`https://app.example`) that browsers may come from, beside the"
          + " server's own; `*` lets all of them in"),
  HEARTBEAT(
      "pharos.heartbeat",
      "25s",
      "Silence after which an event stream is sent a heart-beat, and a WebSocket a ping whose STOMP"
          + " client wants none"),
  CONNECTIONS_MAX(
      "pharos.connections.max", "15000", "Clients connected to this node at once; 0 is no bound"),
  CONNECTIONS_PER_USER(
      "pharos.connections.per-user", "0", "Connections of one user to this node; 0 is no bound"),
  CONNECTIONS_PER_ADDRESS(
      "pharos.connections.per-address",
      "0",
      "Connections from one address to this node; 0 is no bound"),
  HANDSHAKES_PER_SECOND(
      "pharos.handshakes.per-second",
      "2000",
      "Clients that may connect to this node in a second; 0 is no bound"),
  REPLAYS_MAX(
      "pharos.replays.max",
      "64",
      "Clients that are sent what they missed at once; the others wait for their turn; 0 is no"
          + " bound"),
  TRUSTED_PROXIES(
      "pharos.trusted-proxies",
      "",
      "Comma-separated addresses and networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` is"
          + " believed"),
  OUTBOX_MESSAGES("pharos.outbox.messages", "1000", "Messages that may wait for one client"),
  OUTBOX_BYTES("pharos.outbox.bytes", "1MiB", "Bytes that may wait for one client"),
  OUTBOX_GRACE(
      "pharos.outbox.grace",
      "1s",
      "How long one write to a client may block before the bound in messages counts"),
  WRITE_TIMEOUT(
      "pharos.write-timeout",
      "10s",
      "How long one write to a client may block before it is cut off"),
  CLOSE_TIMEOUT(
      "pharos.close-timeout",
      "30s",
      "How long a WebSocket that is cut off may take to read what was being written, and the"
          + " reason; HTTP ends with `pharos.write-timeout`"),
  SOCKJS_ENABLED("pharos.sockjs.enabled", "true", "Whether there is SockJS below `/ws`"),
  SOCKJS_HEARTBEAT(
      "pharos.sockjs.heartbeat", "25s", "Silence after which SockJS sends its own heart-beat"),
  SOCKJS_DISCONNECT_DELAY(
      "pharos.sockjs.disconnect-delay", "5s", "How long a session lives that nobody receives from"),
  SOCKJS_STREAM_LIMIT(
      "pharos.sockjs.stream-limit",
      "128KiB",
      "After how much a stream over HTTP ends, for the client to come again"),
  SOCKJS_CLIENT_URL(
      "pharos.sockjs.client-url",
      "",
      "Where the iframe finds SockJS' script, `https://…` or `/…`; without it there is no iframe"),
  SOCKJS_COOKIE_NEEDED(
      "pharos.sockjs.cookie-needed",
      "false",
      "Whether answers set `JSESSIONID`, for load balancers that go by it"),
  MESSAGE_MAX_BYTES("pharos.message.max-bytes", "64KiB", "Length of a body, at most 1MiB"),
  BATCH_MAX_MESSAGES("pharos.batch.max-messages", "1000", "Messages in one batch"),
  STREAM_MAX_DESTINATIONS(
      "pharos.stream.max-destinations", "64", "Destinations of one event stream"),
  BROKER(
      "pharos.broker",
      "",
      "Where messages live: `memory`, `redis` (needs `pharos.redis.url`), or `relay`, another STOMP"
          + " broker; empty is `redis` where there is a URL, and `memory` elsewhere"),
  RELAY_HOST("pharos.relay.host", "localhost", "The STOMP broker that is relayed to"),
  RELAY_PORT("pharos.relay.port", "61613", "Its TCP port"),
  RELAY_LOGIN("pharos.relay.login", "guest", "Whom clients' connections to it log in as"),
  RELAY_PASSCODE("pharos.relay.passcode", "guest", "Their password"),
  RELAY_SYSTEM_LOGIN(
      "pharos.relay.system-login",
      "",
      "Whom the application's connection to it logs in as; empty takes `pharos.relay.login` and its"
          + " password"),
  RELAY_SYSTEM_PASSCODE("pharos.relay.system-passcode", "", "Its password"),
  RELAY_VIRTUAL_HOST(
      "pharos.relay.virtual-host", "/", "The header `host` of CONNECT: RabbitMQ's virtual host"),
  RELAY_HEARTBEAT(
      "pharos.relay.heartbeat",
      "10s",
      "How often this and the broker let each other hear of them, 100ms to 1h"),
  REDIS_URL(
      "pharos.redis.url",
      "",
      "Redis that joins the nodes: `redis://[USER:PASSWORD@]HOST[:PORT][/DB]`,"
          + " `redis-sentinel://[USER:PASSWORD@]HOST[:PORT],…/MASTER` or"
          + " `redis-cluster://[USER:PASSWORD@]HOST[:PORT],…`; `rediss://`, `rediss-sentinel://`,"
          + " `rediss-cluster://` with TLS; empty keeps everything in this node's memory"),
  REDIS_TRUSTSTORE(
      "pharos.redis.truststore",
      "",
      "PKCS #12 file of the certificates that Redis' own are trusted by; empty trusts those of the"
          + " JDK"),
  REDIS_TRUSTSTORE_PASSWORD("pharos.redis.truststore.password", "", "Its password"),
  REDIS_PREFIX(
      "pharos.redis.prefix",
      "pharos",
      "What the names of all keys and channels in Redis begin with"),
  HISTORY_SIZE(
      "pharos.history.size",
      "100",
      "Messages retained for each destination (10000 in development mode)"),
  HISTORY_TTL("pharos.history.ttl", "5m", "How long a message is retained"),
  LINGER(
      "pharos.linger",
      "25ms",
      "How long at most a message to many subscribers waits for others, to leave together with"
          + " them, up to 1s; `0` lets none wait"),
  QUEUE_MAX_MESSAGES(
      "pharos.queue.max-messages",
      "100000",
      "Messages that a work queue holds; publishing one more is refused"),
  QUEUE_TTL("pharos.queue.ttl", "7d", "How long a message may wait in its work queue"),
  QUEUE_MAX_DELIVERIES(
      "pharos.queue.max-deliveries",
      "5",
      "How often a message of a work queue is handed out before it goes to `/queue/DLQ.NAME`");

  private final String key;
  private final String defaultValue;
  private final String meaning;

  Setting(String key, String defaultValue, String meaning) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  public String key() {
    return key;
  }

  /** Empty when the setting is off by default. */
  public String defaultValue() {
    return defaultValue;
  }

  public String meaning() {
    return meaning;
  }

  /** The environment variable of the same meaning. */
  public String environmentVariable() {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
  }
}
