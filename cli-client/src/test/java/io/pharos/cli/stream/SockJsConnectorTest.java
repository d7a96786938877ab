package io.pharos.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.api.HttpTransport;
import io.pharos.cli.api.Login;
import io.pharos.cli.api.ServerAddress;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.NotOfferedException;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import io.pharos.cli.sockjs.StubSockJs;
import io.pharos.cli.stream.StreamEvent.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SockJsConnectorTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final CountDownLatch disconnected = new CountDownLatch(1);
  private final StubSockJs server = new StubSockJs(400, this::received);
  private volatile StubSockJs.@Nullable Session session;
  private Duration trial = LONG;

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xhr_streaming", "xhr"})
  void readsOnOverAsManyAnswersAsItTakes(String transport) throws Exception {
    if (transport.equals("xhr")) {
      server.refusing(Map.of("xhr_streaming", 404));
    }
    try (StreamConnection connection = connect()) {
      List<String> bodies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        session().send(message("e-" + i, "grüße \"" + i + "\" 😀"));
      }
      readUntil(connection, bodies, 20);

      assertThat(bodies.getFirst()).isEqualTo("grüße \"0\" 😀");
      assertThat(bodies.getLast()).isEqualTo("grüße \"19\" 😀");
    }
    assertThat(received.get(0)).startsWith("CONNECT\n").endsWith("\n\n\0");
    assertThat(received.get(1)).startsWith("SUBSCRIBE\n").contains("destination:/topic/a\n");
    assertThat(Collections.frequency(server.requests(), transport)).isGreaterThan(3);
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst())
        .startsWith("SockJS by " + transport + "; the server does not offer WebSocket");
  }

  @Test
  void everyRequestLogsIn() throws Exception {
    connect().close();

    assertThat(server.authorizations()).containsExactly("Bearer tok");
  }

  @Test
  void aWebSocketThatDoesNotOpenIsReplacedByStreaming() throws Exception {
    server.claimingWebSocket().refusing(Map.of("websocket", 403));
    connect().close();

    assertThat(server.requests()).startsWith("info", "websocket", "xhr_streaming", "xhr_send");
    assertThat(notes).containsExactly("SockJS by xhr_streaming; no websocket: status 403");
  }

  @Test
  void aStreamThatIsKeptBackIsReplacedByPollingAlsoTheNextTime() throws Exception {
    trial = Duration.ofSeconds(2);
    server.withholding("xhr_streaming");
    StompConnector connector = connector();
    connect(connector).close();
    connect(connector).close();

    assertThat(server.requests()).startsWith("info", "xhr_streaming", "xhr");
    assertThat(Collections.frequency(server.requests(), "xhr_streaming")).isEqualTo(1);
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst()).contains("SockJS by xhr;", "no xhr_streaming: no session within");
  }

  @Test
  void closingSaysGoodbye() throws Exception {
    connect().close();

    assertThat(disconnected.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(received.getLast()).isEqualTo("DISCONNECT\n\n\0");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 426})
  void aServerWithoutSockJsIsNamedAsSuch(int status) {
    server.refusing(Map.of("info", status));

    assertThatThrownBy(this::connect)
        .isInstanceOf(NotOfferedException.class)
        .hasMessageContaining("does not offer SockJS");
  }

  @Test
  void somethingElseAtTheAddressIsNoSockJs() {
    try (var other =
        new StubSockJs(400, this::received)
            .with(
                "/ws/info",
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange
                      .getResponseBody()
                      .write("<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
                  exchange.close();
                })) {
      assertThatThrownBy(() -> connector(other).connect(new Bookmark(), LONG))
          .isInstanceOf(UnexpectedAnswerException.class);
    }
  }

  @Test
  void whatTheLastTransportWasRefusedWithCounts() {
    server.refusing(Map.of("xhr_streaming", 503, "xhr", 401));

    assertThatThrownBy(this::connect)
        .isInstanceOfSatisfying(
            ServerRefusedException.class, e -> assertThat(e.status()).isEqualTo(401));
  }

  @Test
  void aSessionThatTheServerHasForgottenIsAReasonToComeBack() throws Exception {
    try (StreamConnection connection = connect()) {
      server.forget();
      session().send(message("e-1", "x".repeat(400)));

      assertThatThrownBy(() -> readUntil(connection, new ArrayList<>(), 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("lost the session");
    }
  }

  @Test
  void anInterruptedSessionIsAReasonToComeBack() throws Exception {
    try (StreamConnection connection = connect()) {
      session().close(1002, "Connection interrupted");

      assertThatThrownBy(() -> readUntil(connection, new ArrayList<>(), 1))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(CliException.class)
          .hasMessageContaining("interrupted");
    }
  }

  @Test
  void aSessionThatIsClosedForGoodIsTheEnd() throws Exception {
    try (StreamConnection connection = connect()) {
      session().send(message("e-1", "last"));
      session().close(1008, "the token has expired");
      var bodies = new ArrayList<String>();

      assertThatThrownBy(() -> readUntil(connection, bodies, 2))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("the token has expired");
      assertThat(bodies).containsExactly("last");
    }
  }

  @Test
  void whatIsNoFrameIsAReasonToComeBack() throws Exception {
    try (StreamConnection connection = connect()) {
      session().sendRaw("<html>");

      assertThatThrownBy(() -> readUntil(connection, new ArrayList<>(), 1))
          .isInstanceOf(UnexpectedAnswerException.class);
    }
  }

  private void received(StubSockJs.Session from, String message) {
    received.add(message);
    session = from;
    if (message.startsWith("CONNECT\n")) {
      from.send("CONNECTED\nversion:1.2\nheart-beat:0,0\nuser-name:ann\n\n\0");
    } else if (message.startsWith("SUBSCRIBE\n")) {
      from.send("RECEIPT\nreceipt-id:subscribed-0\nposition:e-0\n\n\0");
    } else if (message.startsWith("DISCONNECT\n")) {
      disconnected.countDown();
    }
  }

  /** The one that was opened last. */
  private StubSockJs.Session session() {
    return Objects.requireNonNull(session);
  }

  private StreamConnection connect() throws IOException, InterruptedException {
    return connect(connector());
  }

  private static StreamConnection connect(StompConnector connector)
      throws IOException, InterruptedException {
    return connector.connect(new Bookmark(), LONG);
  }

  private StompConnector connector() {
    return connector(server);
  }

  private StompConnector connector(StubSockJs of) {
    var address = ServerAddress.parse(of.url());
    return new StompConnector(
        new Login(address, () -> "tok"),
        new SockJsOpener(address, new HttpTransport(), notes::add, trial),
        List.of("/topic/a"));
  }

  private static void readUntil(StreamConnection connection, List<String> bodies, int count)
      throws IOException, InterruptedException {
    while (bodies.size() < count) {
      for (StreamEvent event : connection.read(LONG)) {
        if (event instanceof Received message) {
          bodies.add(String.valueOf(message.body().textOrNull()));
        }
      }
    }
  }

  private static String message(String position, String body) {
    return "MESSAGE\nsubscription:0\ndestination:/topic/a\nmessage-id:%s\nposition:%s\n\n%s\0"
        .formatted(position, position, body);
  }
}
