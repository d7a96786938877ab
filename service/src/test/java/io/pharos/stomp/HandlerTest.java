package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.hub.HandlerReply;
import io.pharos.hub.HandlerRequest;
import io.pharos.hub.MessageHandlers;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SEND and SUBSCRIBE to {@code /app/…}. */
class HandlerTest implements MessageHandlers {
  private final Bench bench = new Bench();
  private final List<String> taken = new ArrayList<>();
  private final Client client = bench.connected(Version.V1_2);
  private @Nullable RuntimeException failure;

  @BeforeEach
  void connect() {
    bench.handlers = this;
  }

  @Override
  public void send(HandlerRequest request) {
    if (failure != null) {
      throw failure;
    }
    taken.add(new String(request.publication().body().bytes(), StandardCharsets.UTF_8));
    request
        .replies()
        .accept(
            Destination.ofUser(request.session().identity().user(), "/queue/replies"),
            new HandlerReply(Body.of("thanks"), "text/plain"));
  }

  @Override
  public @Nullable HandlerReply subscribe(HandlerRequest request) {
    if (failure != null) {
      throw failure;
    }
    String destination = request.publication().destination().value();
    return destination.endsWith("silent")
        ? null
        : new HandlerReply(Body.of("answer of " + destination), "text/plain");
  }

  private static String send(String body) {
    return "SEND\ndestination:/app/chat\nreceipt:" + body + "\n\n" + body + "\0";
  }

  private static String subscribe(String id, String destination, String more) {
    return "SUBSCRIBE\nid:"
        + id
        + "\ndestination:"
        + destination
        + "\nreceipt:"
        + id
        + more
        + "\n\n\0";
  }

  @Test
  void receiptComesOnceTheHandlerIsDone() {
    bench.applicationExecutor.hold();
    client.send(send("a")).assertQuiet();
    assertThat(taken).isEmpty();

    bench.applicationExecutor.release();

    client.takeReceipt("a").assertQuiet();
    assertThat(taken).containsExactly("a");
  }

  @Test
  void framesBehindAHandlerWaitForItInTheirOrder() {
    bench.applicationExecutor.hold();
    client.send(send("a") + send("b"));
    client.send("SEND\ndestination:/topic/public/x\nreceipt:c\n\nc\0").send(send("d"));
    client.send("DISCONNECT\nreceipt:e\n\n\0").assertQuiet();

    bench.applicationExecutor.release();

    for (String id : List.of("a", "b", "c", "d", "e")) {
      client.takeReceipt(id);
    }
    assertThat(taken).containsExactly("a", "b", "d");
  }

  @Test
  void heartBeatsAreReadWhileAHandlerIsAtWork() {
    bench.applicationExecutor.hold();
    client.send(send("a")).send("\n\n").assertQuiet();

    bench.applicationExecutor.release();

    client.takeReceipt("a");
  }

  @Test
  void malformedFrameBehindAHandlerIsReportedAfterIt() {
    bench.applicationExecutor.hold();
    client.send(send("a")).send("NONSENSE\n\n\0").assertQuiet();

    bench.applicationExecutor.release();

    client.takeReceipt("a").takeError("BAD_REQUEST", 1002);
  }

  @Test
  void whoSendsTooFarAheadIsSentAway() {
    var small = new Bench(StompLimitsTest.SMALL, 10);
    small.handlers = this;
    Client hasty = small.connected(Version.V1_2);
    small.applicationExecutor.hold();
    hasty.send(send("1") + send("2") + send("3")).assertQuiet();

    var error = hasty.send(send("4")).takeError("LIMIT_EXCEEDED", 1008);
    small.applicationExecutor.release();

    assertThat(error.header("receipt-id")).isEqualTo("4");
    assertThat(Client.text(error)).contains("3 frames");
    assertThat(taken).isEmpty();
  }

  @Test
  void headersThatAreSentAheadCountAsWell() {
    var settings =
        new StompSettings(
            "pharos/test",
            StompLimits.DEFAULT,
            2,
            100,
            new TransactionLimits(2, 3000),
            new FrameQueueLimits(100, 3000, Duration.ZERO),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Bench.PING);
    var small = new Bench(settings, 10);
    small.handlers = this;
    Client hasty = small.connected(Version.V1_2);
    small.applicationExecutor.hold();
    String header = "k:" + "v".repeat(250) + "\n";
    hasty.send(send("1")).assertQuiet();
    for (int i = 0; i < 5; i++) {
      hasty.send("SEND\ndestination:/app/chat\n" + header + header.replace("k", "l") + "\nx\0");
    }

    hasty.takeError("LIMIT_EXCEEDED", 1008);
    small.applicationExecutor.release();
  }

  @Test
  void anotherSessionDoesNotWait() {
    var other = bench.connected(Version.V1_2);
    bench.applicationExecutor.hold();
    client.send(send("a"));

    other.send("SEND\ndestination:/topic/public/x\nreceipt:r\n\nx\0").takeReceipt("r");
    bench.applicationExecutor.release();
  }

  @Test
  void replyGoesToTheSessionThatAskedAlone() {
    var other = bench.connected(Version.V1_2);
    other.send(subscribe("s", "/user/queue/replies", "")).takeReceipt("s");
    client.send(subscribe("s", "/user/queue/replies", "")).takeReceipt("s");

    client.send(send("a"));

    var reply = client.takeMessage("thanks");
    assertThat(reply.header("destination")).isEqualTo("/user/queue/replies");
    assertThat(reply.header("subscription")).isEqualTo("s");
    assertThat(reply.header("content-type")).isEqualTo("text/plain");
    client.takeReceipt("a").assertQuiet();
    other.assertQuiet();
  }

  @Test
  void replyThatNobodyHasSubscribedToGoesNowhere() {
    client.send(send("a")).takeReceipt("a").assertQuiet();
  }

  @Test
  void subscriptionIsAnsweredOnceAfterItsReceipt() {
    client.send(subscribe("1", "/app/public/x", "")).takeReceipt("1");

    var answer = client.takeMessage("answer of /app/public/x");
    assertThat(answer.header("subscription")).isEqualTo("1");
    assertThat(answer.header("destination")).isEqualTo("/app/public/x");
    client.send(subscribe("2", "/app/public/x", "")).takeReceipt("2");
    assertThat(client.take(Command.MESSAGE).header("message-id"))
        .isNotEqualTo(answer.header("message-id"));
    client.send("UNSUBSCRIBE\nid:1\nreceipt:u\n\n\0").takeReceipt("u").assertQuiet();
  }

  @Test
  void whoComesBackWithTheIdOfAReplyIsToldOfAGapAndGetsWhatIsRetained() {
    client.send(subscribe("s", "/user/queue/replies", "")).takeReceipt("s").send(send("a"));
    String id = String.valueOf(client.takeMessage("thanks").header("message-id"));
    bench.publish("/user/ann/queue/replies", "kept");

    for (String place : List.of(id, "/user/queue/replies " + id)) {
      String destination = place.equals(id) ? "/user/queue/replies" : "/user/queue/*";
      var back = bench.connected(Version.V1_2);
      back.send(subscribe("s", destination, "\nlast-event-id:" + place)).takeReceipt("s");

      assertThat(back.take(Command.MESSAGE).header("pharos-event")).isEqualTo("gap");
      back.takeMessage("kept");
      back.assertQuiet();
    }
  }

  @Test
  void handlerIsAskedAgainByWhoComesBackWithTheIdOfItsAnswer() {
    client.send(subscribe("1", "/app/public/x", "")).takeReceipt("1");
    String id = String.valueOf(client.take(Command.MESSAGE).header("message-id"));

    var back = bench.connected(Version.V1_2);
    back.send(subscribe("1", "/app/public/x", "\nlast-event-id:" + id)).takeReceipt("1");

    back.takeMessage("answer of /app/public/x");
    back.assertQuiet();
  }

  @Test
  void subscriptionMayHaveNoAnswer() {
    client.send(subscribe("1", "/app/public/silent", "")).takeReceipt("1").assertQuiet();
  }

  @Test
  void answersAreNotAcknowledgedAndWildcardsAreNotAsked() {
    client.send(subscribe("1", "/app/public/x", "\nack:client")).takeError("BAD_REQUEST", 1002);
    bench
        .connected(Version.V1_2)
        .send(subscribe("1", "/app/public/*", ""))
        .takeError("BAD_REQUEST", 1002);
  }

  @Test
  void handlerIsOnlyReachedWithTheRight() {
    bench.connected(Version.V1_2, "reader").send(send("a")).takeError("FORBIDDEN", 1008);
    assertThat(taken).isEmpty();
  }

  @Test
  void handlersTakeNoPartInTransactions() {
    client.send("BEGIN\ntransaction:t\n\n\0");

    client.send("SEND\ndestination:/app/chat\ntransaction:t\n\nx\0").assertQuiet();
    client.send("COMMIT\ntransaction:t\n\n\0").takeError("UNSUPPORTED", 1008);
    assertThat(taken).isEmpty();
  }

  @Test
  void refusalOfTheApplicationReachesTheClientInItsWords() {
    failure = new PharosException(PharosException.Code.FORBIDDEN, "not in this room");

    var error = client.send(send("a")).takeError("FORBIDDEN", 1008);

    assertThat(error.header("receipt-id")).isEqualTo("a");
    assertThat(Client.text(error)).isEqualTo("not in this room");
  }

  @Test
  void failureOfTheApplicationDoesNotTellOfItsInside() {
    failure = new IllegalStateException("table ACCOUNTS is gone");

    var error = client.send(send("a") + send("b")).takeError("SERVER_ERROR", 1011);

    assertThat(error.header("receipt-id")).isEqualTo("a");
    assertThat(Client.text(error)).isEqualTo("The server failed");
  }
}
