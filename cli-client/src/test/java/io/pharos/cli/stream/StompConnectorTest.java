package io.pharos.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.api.Login;
import io.pharos.cli.api.ServerAddress;
import io.pharos.cli.api.TokenSource;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.stream.StreamEvent.Connected;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Moved;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.FrameEncoder;
import io.pharos.stomp.Version;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class StompConnectorTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final List<String> sent = new ArrayList<>();
  private final Bookmark bookmark = new Bookmark();
  private TokenSource tokens = () -> "tok";
  private Inbox inbox = new Inbox();
  private boolean closed;

  @Test
  void connectsAndSubscribesWithReceipts() throws Exception {
    connect(connector("/topic/a", "/topic/b"));
    assertThat(sent.get(0))
        .startsWith("CONNECT\naccept-version:1.2\nhost:push.example\nheart-beat:10000,10000\n")
        .contains("\nAuthorization:Bearer tok\n");
    assertThat(sent.get(1))
        .isEqualTo("SUBSCRIBE\nid:0\ndestination:/topic/a\nack:auto\nreceipt:subscribed-0\n\n\0");
    assertThat(sent.get(2)).contains("id:1\ndestination:/topic/b\n");
  }

  @Test
  void isConnectedWhenEverySubscriptionIsLive() throws Exception {
    var connection = connect(connector("/topic/a", "/topic/b"));
    receive(receipt(0, "e-4"));
    assertThat(connection.read(SOON)).containsExactly(new Moved(new Mark("/topic/a", "e-4")));
    receive(receipt(1, "f-0"));
    assertThat(connection.read(SOON))
        .containsExactly(new Moved(new Mark("/topic/b", "f-0")), new Connected("ann", List.of()));
  }

  @Test
  void readsMessages() throws Exception {
    var connection = connect(connector("/topic/a"));
    receive(
        Frame.of(Command.MESSAGE)
            .header("subscription", "0")
            .header("destination", "/topic/a")
            .header("message-id", "e-5")
            .header("position", "e-5")
            .header("timestamp", "1000")
            .header("content-type", "text/plain")
            .header("event", "price")
            .header("k", "a:b\n")
            .body("hello")
            .build());
    var message = (Received) connection.read(SOON).getFirst();
    assertThat(message.mark()).isEqualTo(new Mark("/topic/a", "e-5"));
    assertThat(message.position()).isEqualTo("e-5");
    assertThat(message.event()).isEqualTo("price");
    assertThat(message.contentType()).isEqualTo("text/plain");
    assertThat(message.headers()).isEqualTo(Map.of("event", "price", "k", "a:b\n"));
    assertThat(message.body().textOrNull()).isEqualTo("hello");
    assertThat(message.timestamp()).isEqualTo(Instant.ofEpochSecond(1));
  }

  @Test
  void readsGaps() throws Exception {
    var connection = connect(connector("/topic/a"));
    receive(
        Frame.of(Command.MESSAGE)
            .header("subscription", "0")
            .header("destination", "/topic/a")
            .header("position", "e-5")
            .header("pharos-event", "gap")
            .header("pharos-reason", "too old")
            .body("{}")
            .build());
    assertThat(connection.read(SOON))
        .containsExactly(new Gap(new Mark("/topic/a", "e-5"), "/topic/a", "e-5", "too old"));
  }

  private static Frame job(String number) {
    return Frame.of(Command.MESSAGE)
        .header("subscription", "0")
        .header("ack", "1-" + number)
        .header("redelivered", "true")
        .header("destination", "/queue/jobs")
        .header("message-id", "e-" + number)
        .header("timestamp", "1000")
        .body(number)
        .build();
  }

  @Test
  void jobsOfAWorkQueueComeOneByOneAndAreAcknowledgedOnceTheyAreDone() throws Exception {
    var connector = connector("/queue/jobs");
    bookmark.moveTo(new Mark("/queue/jobs", "e-5"));
    var connection = connect(connector);
    assertThat(sent.get(1))
        .isEqualTo(
            "SUBSCRIBE\nid:0\ndestination:/queue/jobs\nack:client-individual\nprefetch-count:1\n"
                + "receipt:subscribed-0\n\n\0");
    receive(receipt(0, null));
    receive(job("6"));
    receive(job("7"));
    assertThat(connection.read(SOON)).containsExactly(new Connected("ann", List.of()));

    assertThat(((Received) connection.read(SOON).getFirst()).position()).isEqualTo("e-6");
    assertThat(sent).hasSize(2);
    connection.printed();
    assertThat(sent.getLast()).isEqualTo("ACK\nid:1-6\n\n\0");
    assertThat(((Received) connection.read(SOON).getFirst()).position()).isEqualTo("e-7");
    connection.printed();
    assertThat(sent.getLast()).isEqualTo("ACK\nid:1-7\n\n\0");

    connection.close();

    assertThat(sent).hasSize(4);
  }

  @Test
  void aJobThatCouldNotBePrintedIsNotAcknowledged() throws Exception {
    var connection = connect(connector("/queue/jobs"));
    receive(receipt(0, null));
    receive(job("6"));
    connection.read(SOON);
    connection.read(SOON);

    connection.close();

    assertThat(sent).hasSize(2);
  }

  @Test
  void jobsThatWereNotReadAreNotAcknowledged() throws Exception {
    var connection = connect(connector("/queue/jobs"));
    receive(receipt(0, null));
    connection.read(SOON);
    receive(job("6"));

    connection.close();

    assertThat(sent).hasSize(2);
  }

  @Test
  void goesOnAfterTheLastPosition() throws Exception {
    var connector = connector("/topic/a");
    bookmark.moveTo(new Mark("/topic/a", "e-5"));
    var connection = connect(connector);
    assertThat(sent.get(1)).contains("\nlast-event-id:e-5\n");
    receive(receipt(0, "e-9"));
    assertThat(connection.read(SOON))
        .as("the old place stays until the gap that follows is told")
        .containsExactly(new Connected("ann", List.of()));
  }

  @Test
  void allThatIsRetainedIsAskedForOnce() throws Exception {
    var connector = connector("/topic/a");
    bookmark.moveTo(new Mark("/topic/a", Mark.EARLIEST));
    var connection = connect(connector);
    assertThat(sent.get(1)).contains("\nlast-event-id:earliest\n");
    receive(receipt(0, "e-3"));
    apply(connection.read(SOON));
    connect(connector);
    assertThat(sent.getLast())
        .as("what is lost from now on is a gap")
        .contains("\nlast-event-id:e-3\n");
  }

  @Test
  void goesOnInAllDestinationsOfAPattern() throws Exception {
    var connector = connector("/topic/**", "/user/queue/x");
    var connection = connect(connector);
    receive(receipt(0, "/topic/a e-5 /topic/b f-6"));
    apply(connection.read(SOON));
    bookmark.moveTo(new Mark("/user/queue/x", "g-1"));
    bookmark.moveTo(new Mark("/topic/a", "e-7"));
    connect(connector);
    assertThat(sent.get(4)).contains("\nlast-event-id:/topic/a e-7 /topic/b f-6\n");
    assertThat(sent.get(5)).contains("\nlast-event-id:g-1\n");
  }

  @Test
  void aPatternThatNothingMatchedYetGoesOnFromItsBeginning() throws Exception {
    var connector = connector("/topic/**");
    var connection = connect(connector);
    receive(receipt(0, "beginning"));
    apply(connection.read(SOON));
    connect(connector);
    assertThat(sent.getLast()).contains("\nlast-event-id:beginning\n");
  }

  @Test
  void aPatternThatCannotBeResumedIsAGap() throws Exception {
    var connector = connector("/topic/**");
    var connection = connect(connector);
    receive(receipt(0, null));
    assertThat(connection.read(SOON)).containsExactly(new Connected("ann", List.of()));
    bookmark.moveTo(new Mark("/topic/a", "e-7"));
    var second = connect(connector);
    assertThat(sent.getLast()).doesNotContain("last-event-id");
    receive(receipt(0, null));
    assertThat(second.read(SOON).getFirst())
        .isInstanceOfSatisfying(
            Gap.class, gap -> assertThat(gap.destination()).isEqualTo("/topic/**"));
  }

  @Test
  void tellsWhatKeepsNoHistory() throws Exception {
    var connection = connect(connector("/topic/a"));
    receive(
        Frame.of(Command.RECEIPT)
            .header("receipt-id", "subscribed-0")
            .header("pharos-delivery", "at-most-once")
            .build());
    assertThat(connection.read(SOON)).containsExactly(new Connected("ann", List.of("/topic/a")));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED, NOT_AUTHORISED",
    "FORBIDDEN, NOT_AUTHORISED",
    "TOKEN_EXPIRED, NOT_AUTHORISED",
    "BAD_REQUEST, FAILED",
    "KICKED, FAILED"
  })
  void someErrorsAreTheEnd(String kind, ExitCode code) throws Exception {
    var connection = connect(connector("/topic/a"));
    receive(error(kind));
    assertThatThrownBy(() -> connection.read(SOON))
        .isInstanceOfSatisfying(CliException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .hasMessageContaining("the reason");
  }

  @Test
  void aRefusedLoginIsTheEnd() {
    inbox.put(bytes(error("UNAUTHENTICATED")));
    assertThatThrownBy(() -> connector("/topic/a").connect(bookmark, SOON))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED));
    assertThat(closed).isTrue();
  }

  @Test
  void aServerThatIsUnavailableMayBeTriedAgain() {
    inbox.put(bytes(error("UNAVAILABLE")));
    assertThatThrownBy(() -> connector("/topic/a").connect(bookmark, SOON))
        .isInstanceOf(ServerRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLOW_CONSUMER", "SERVER_STOPPING", "SERVER_ERROR", "SOMETHING_NEW"})
  void othersAreAReasonToComeBack(String kind) throws Exception {
    var connection = connect(connector("/topic/a"));
    receive(error(kind));
    assertThatThrownBy(() -> connection.read(SOON))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the reason")
        .hasMessageNotContaining("Resume");
  }

  @Test
  void whatCameBeforeAnErrorIsRead() throws Exception {
    var connection = connect(connector("/topic/a"));
    receive(receipt(0, null), error("SLOW_CONSUMER"));
    assertThat(connection.read(SOON)).hasSize(1);
    assertThatThrownBy(() -> connection.read(SOON)).isInstanceOf(IOException.class);
  }

  @Test
  void anExpiredTokenThatRenewsItselfIsAReasonToComeBack() throws Exception {
    tokens = renewing();
    var connection = connect(connector("/topic/a"));
    receive(error("TOKEN_EXPIRED"));
    assertThatThrownBy(() -> connection.read(SOON)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, false",
    "1001, false",
    "1013, false",
    "1006, false",
    "1008, true",
    "1002, true"
  })
  void aCloseCodeTellsWhetherToComeBack(int code, boolean end) throws Exception {
    var connection = connect(connector("/topic/a"));
    inbox.end(new LinkClosedException(code, "bye"));
    assertThatThrownBy(() -> connection.read(SOON))
        .isInstanceOf(end ? CliException.class : LinkClosedException.class)
        .hasMessageContaining("bye");
  }

  @Test
  void aServerThatDoesNotAnswerConnectIsGivenUp() {
    assertThatThrownBy(() -> connector("/topic/a").connect(bookmark, Duration.ofMillis(20)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer CONNECT in time");
    assertThat(closed).isTrue();
  }

  @Test
  void readingEndsWithoutEventsWhenTheTimeIsUp() throws Exception {
    assertThat(connect(connector("/topic/a")).read(Duration.ofMillis(1))).isEmpty();
  }

  private StompConnector connector(String... destinations) {
    var login = new Login(ServerAddress.parse("http://push.example"), tokens);
    return new StompConnector(login, this::open, List.of(destinations));
  }

  /** Hands what the test has prepared to the connection, and takes what it prepares from now on. */
  private Link open(String token, Inbox opened, Duration patience)
      throws IOException, InterruptedException {
    assertThat(token).isEqualTo("tok");
    byte[] prepared = inbox.take(Duration.ZERO);
    if (prepared != null) {
      opened.put(prepared);
    }
    inbox = opened;
    return new Link() {
      @Override
      public void send(String text) {
        sent.add(text);
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  private StreamConnection connect(StompConnector connector)
      throws IOException, InterruptedException {
    inbox = new Inbox();
    inbox.put(
        bytes(
            Frame.of(Command.CONNECTED)
                .header("version", "1.2")
                .header("heart-beat", "10000,10000")
                .header("user-name", "ann")
                .build()));
    return connector.connect(bookmark, SOON);
  }

  private void receive(Frame... frames) {
    for (Frame frame : frames) {
      inbox.put(bytes(frame));
    }
  }

  private void apply(List<StreamEvent> events) {
    for (StreamEvent event : events) {
      if (event instanceof Moved moved) {
        bookmark.moveTo(moved.mark());
      }
    }
  }

  private static Frame receipt(int index, @Nullable String position) {
    return Frame.of(Command.RECEIPT)
        .header("receipt-id", "subscribed-" + index)
        .headerIfPresent("position", position)
        .build();
  }

  private static Frame error(String kind) {
    return Frame.of(Command.ERROR)
        .header("message", "short")
        .header("pharos-error", kind)
        .body("the reason\nResume 0 after e-1")
        .build();
  }

  private static byte[] bytes(Frame frame) {
    return FrameEncoder.of(Version.V1_2).encode(frame).bytes();
  }

  private static TokenSource renewing() {
    return new TokenSource() {
      @Override
      public String token() {
        return "tok";
      }

      @Override
      public boolean renews() {
        return true;
      }
    };
  }
}
