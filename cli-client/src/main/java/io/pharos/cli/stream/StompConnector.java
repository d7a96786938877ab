package io.pharos.cli.stream;

import io.pharos.cli.api.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** STOMP 1.2 over a WebSocket, {@code /ws}. */
public final class StompConnector implements Connector {
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(15);

  private final Login login;
  private final Link.Opener opener;
  private final List<StompSubscription> subscriptions;

  public StompConnector(Login login, List<String> destinations) {
    this(
        login,
        (token, inbox, patience) ->
            WebSocketLink.open(login.server().webSocket(), token, inbox, patience),
        destinations);
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
