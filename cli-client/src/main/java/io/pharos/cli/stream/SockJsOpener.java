package io.pharos.cli.stream;

import io.pharos.cli.api.HttpTransport;
import io.pharos.cli.api.ServerAddress;
import io.pharos.cli.failure.Failures;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.sockjs.SessionPath;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens SockJS sessions below {@code /ws}. Asks the server what it offers, and tries the transports
 * from the best one on until one of them brings a session; each of them but the last has a few
 * seconds for that, since what stands between may swallow a WebSocket, or keep a stream back until
 * it ends. The one that worked is the first to be tried the next time.
 */
final class SockJsOpener implements Link.Opener {
  static final Duration TRIAL = Duration.ofSeconds(5);
  private static final Duration LAST_TRIAL = Duration.ofSeconds(30);

  private final ServerAddress server;
  private final HttpTransport http;
  private final Consumer<String> notes;
  private final Duration trial;
  private SockJsTransport first = SockJsTransport.WEBSOCKET;
  private @Nullable SockJsTransport told;

  SockJsOpener(ServerAddress server, HttpTransport http, Consumer<String> notes) {
    this(server, http, notes, TRIAL);
  }

  SockJsOpener(ServerAddress server, HttpTransport http, Consumer<String> notes, Duration trial) {
    this.server = server;
    this.http = http;
    this.notes = notes;
    this.trial = trial;
  }

  @Override
  public Link open(String token, Inbox inbox, Duration patience)
      throws IOException, InterruptedException {
    var requests = new SockJsRequests(server, token, SessionPath.random());
    SockJsInfo info = SockJsInfo.ask(http, requests, patience);
    String why = info.webSocket() ? "" : "; the server does not offer WebSocket";
    IOException failure = new IOException("no SockJS transport works");
    for (SockJsTransport transport : SockJsTransport.from(first)) {
      if (transport != SockJsTransport.WEBSOCKET || info.webSocket()) {
        try {
          Link link = open(transport, token, inbox, shorter(patience, limit(transport)));
          first = transport;
          tell(transport, why);
          return link;
        } catch (IOException e) {
          failure = e;
          why = why + "; no " + transport + ": " + reason(e);
        }
      }
    }
    throw failure;
  }

  private Link open(SockJsTransport transport, String token, Inbox inbox, Duration patience)
      throws IOException, InterruptedException {
    // An attempt that was given up may have made a session: each has one of its own.
    var requests = new SockJsRequests(server, token, SessionPath.random());
    var input = new SockJsInput(inbox);
    Link link =
        transport == SockJsTransport.WEBSOCKET
            ? SockJsWebSocket.open(requests, token, input, patience)
            : XhrLink.open(http, requests, transport, input);
    try {
      input.awaitOpen(patience);
      return link;
    } catch (IOException | InterruptedException e) {
      link.close();
      throw e;
    }
  }

  private Duration limit(SockJsTransport transport) {
    return transport == SockJsTransport.XHR ? LAST_TRIAL : trial;
  }

  private void tell(SockJsTransport transport, String why) {
    if (transport != told) {
      told = transport;
      notes.accept("SockJS by " + transport + why);
    }
  }

  /** A status may be that of something in between, which knows nothing of tokens. */
  private static String reason(IOException failure) {
    return failure instanceof ServerRefusedException refused
        ? "status " + refused.status()
        : Failures.sentence(failure);
  }

  private static Duration shorter(Duration patience, Duration limit) {
    return patience.compareTo(limit) < 0 ? patience : limit;
  }
}
