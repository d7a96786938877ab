package io.pharos.sockjs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a base behaves.
 *
 * @param webSocket whether clients may use WebSockets
 * @param cookieNeeded whether answers set {@code JSESSIONID}, for load balancers
 * @param anyOrigin whether pages of every origin may come; if not, whoever is in front decides
 *     which may and says so in the answers, and there is neither iframe nor JSONP
 * @param clientUrl where the iframe finds SockJS' script, absolute or from {@code /}; null where
 *     there is no iframe
 * @param heartbeat silence after which a client is sent a heart-beat
 * @param disconnectDelay how long a session lives without a receiver
 * @param writeTimeout how long one write may block
 * @param streamLimit after how many characters a stream ends and the client comes again
 * @param bodyLimit bytes of one request's body
 */
public record SockJsSettings(
    boolean webSocket,
    boolean cookieNeeded,
    boolean anyOrigin,
    @Nullable String clientUrl,
    Duration heartbeat,
    Duration disconnectDelay,
    Duration writeTimeout,
    int streamLimit,
    int bodyLimit) {

  /** Everything as SockJS' own server has it, for origins that somebody else checks. */
  public static final SockJsSettings DEFAULT =
      new SockJsSettings(
          true,
          false,
          false,
          null,
          Duration.ofSeconds(25),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          128 << 10,
          1 << 20);

  public SockJsSettings {
    if (streamLimit < 1 || bodyLimit < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    if (clientUrl != null && !clientUrl.matches("(https?:/)?/[^\\s\"<>]*")) {
      throw new IllegalArgumentException(
          "'" + clientUrl + "' is no address of a script: write https://… or /…");
    }
  }

  boolean hasIframe() {
    return anyOrigin && clientUrl != null;
  }
}
