package io.pharos.cli.stream;

import io.pharos.cli.api.HttpTransport;
import io.pharos.cli.api.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** STOMP 1.2 over a WebSocket, {@code /ws}, or over SockJS, below it. */
public final class StompConnector implements Connector {
  private static final String SUBPROTOCOL = "v12.stomp";
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(15);

  private final Login login;
  private final Link.Opener opener;
  private final List<StompSubscription> subscriptions;

  public StompConnector(Login login, List<String> destinations) {
    this(
        login,
        (token, inbox, patience) ->
            WebSocketLink.open(
                login.server().webSocket(),
                List.of(SUBPROTOCOL),
                token,
                MessageSink.into(inbox),
                patience),
        destinations);
  }

  /**
   * Over SockJS, by the first of its transports that works.
   *
   * @param notes is told which one, when that changes
   */
  public static StompConnector overSockJs(
      Login login, HttpTransport http, List<String> destinations, Consumer<String> notes) {
    return new StompConnector(login, new SockJsOpener(login.server(), http, notes), destinations);
  }

  StompConnector(Login login, Link.Opener opener, List<String> destinations) {
    this.login = login;
    this.opener = opener;
    this.subscriptions = destinations.stream().map(StompSubscription::new).toList();
  }

  @Override
  public StreamConnection connect(Bookmark bookmark, Duration patience)
      throws IOException, InterruptedException {
    String token = Objects.requireNonNullElse(login.tokens().token(), "");
    var inbox = new Inbox();
    Link link = opener.open(token, inbox, patience);
    var errors = new StompErrors(login.tokens().renews());
    var connection = new StompConnection(inbox, link, subscriptions, errors, System::nanoTime);
    try {
      connection.logIn(login.server().uri().getHost(), token, shorter(patience));
      connection.subscribe(bookmark);
      return connection;
    } catch (IOException | InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Duration shorter(Duration patience) {
    return patience.compareTo(LOGIN_TIMEOUT) < 0 ? patience : LOGIN_TIMEOUT;
  }
}
