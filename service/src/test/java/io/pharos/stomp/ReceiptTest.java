package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.session.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {
  private final Bench bench = new Bench();
  private final Client client = bench.connected(Version.V1_2);

  @Tag("stomp-66")
  @Tag("stomp-67")
  @Test
  void everyFrameIsReceiptedInOrder() {
    client.send(
        """
        SUBSCRIBE
        id:1
        destination:/topic/public/a
        receipt:a

        \0SEND
        destination:/topic/public/a
        receipt:b

        x\0UNSUBSCRIBE
        id:1
        receipt:c\\cd

        \0DISCONNECT
        receipt:e

        \0\
        """);

    client.takeReceipt("a");
    assertThat(client.frames.stream().map(frame -> frame.header("receipt-id")))
        .containsSubsequence("b", "c:d", "e");
  }

  @Tag("stomp-66")
  @ParameterizedTest
  @EnumSource(Version.class)
  void receiptIdIsReturnedAsItCame(Version version) {
    String id = version == Version.V1_0 ? "a:b\\c" : "a\\cb\\\\c";

    bench
        .connected(version)
        .send("SEND\ndestination:/topic/public/a\nreceipt:" + id + "\n\nx\0")
        .takeReceipt("a:b\\c");
  }

  @Tag("stomp-69")
  @Test
  void receiptOfDisconnectLeavesBeforeTheCloseWhichIsTheClients() {
    client.send("DISCONNECT\nreceipt:bye\n\n\0").takeReceipt("bye").assertQuiet();

    client.session.disconnected();

    assertThat(client.closed).isEqualTo(CloseCode.of(CloseReason.CLIENT_DONE));
    assertThat(bench.sessions.count()).isZero();
  }

  @Tag("stomp-69")
  @Test
  void clientThatDoesNotCloseAfterItsReceiptIsClosedNormally() {
    client.send("DISCONNECT\nreceipt:bye\n\n\0").takeReceipt("bye");

    bench.pass(Duration.ofSeconds(4));
    client.send("\n").assertQuiet();
    bench.pass(Duration.ofSeconds(2));

    assertThat(client.frames).isEmpty();
    assertThat(client.closed).extracting(CloseCode::code).isEqualTo(1000);
  }

  @Test
  void disconnectWithoutReceiptClosesNormallyAtOnce() {
    client.send("DISCONNECT\n\n\0");

    assertThat(client.frames).isEmpty();
    assertThat(client.closed).extracting(CloseCode::code).isEqualTo(1000);
  }

  @Tag("stomp-70")
  @Tag("stomp-71")
  @Test
  void framesBeforeDisconnectAreProcessedAndFramesBehindItIgnored() {
    client.send(
        "SEND\ndestination:/topic/public/a\n\n1\0DISCONNECT\nreceipt:bye\n\n\0"
            + "SEND\ndestination:/topic/public/a\n\n2\0NONSENSE\n\n\0");
    client.send("MORE NONSENSE\n\n\0");

    client.takeReceipt("bye").assertQuiet();
    var watcher = bench.connected(Version.V1_2);
    watcher.send("SUBSCRIBE\nid:1\ndestination:/topic/public/a\nreceipt:1\n\n\0");
    assertThat(watcher.take(Command.RECEIPT).header("position")).endsWith("-1");
  }

  @Test
  void nothingIsDeliveredAfterDisconnect() {
    client.send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0DISCONNECT\nreceipt:bye\n\n\0");

    bench.publish("/topic/a", "late");

    client.takeReceipt("bye").assertQuiet();
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @Tag("stomp-68")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\n\n\0",
        "SEND\nx\n\n\0",
        "MESSAGE\n\n\0",
        "RECEIPT\nreceipt-id:1\n\n\0",
        "SUBSCRIBE\nid:1\ndestination:/topic/a\n\nbody\0"
      })
  void errorIsAlwaysTheLastFrame(String broken) {
    client.send(broken + "SEND\ndestination:/topic/public/a\nreceipt:r\n\nx\0");

    var error = client.takeError("BAD_REQUEST", 1002);
    assertThat(error.header("message")).isIn("malformed frame", "bad request");
    assertThat(error.header("content-type")).isEqualTo("text/plain");
    assertThat(error.header("content-length")).isEqualTo("" + error.body().length);
    assertThat(error.body()).isNotEmpty();
    assertThat(error.header("receipt-id")).isNull();
    client.send("SEND\ndestination:/topic/public/a\nreceipt:r\n\nx\0");
    assertThat(client.frames).isEmpty();
  }

  @Tag("stomp-68")
  @Test
  void errorNamesTheReceiptOfTheFrameThatFailed() {
    var error = client.send("SEND\nreceipt:a\\cb\nx:\\t\n\n\0").takeError("BAD_REQUEST", 1002);

    assertThat(error.header("receipt-id")).isEqualTo("a:b");
  }

  @Tag("stomp-72")
  @Test
  void whatWasQueuedLeavesBeforeTheError() {
    client.send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0");
    bench.executor.hold();
    bench.publish("/topic/a", "1", "2");
    client.send("NONSENSE\n\n\0");
    bench.executor.release();

    client.takeMessage("1");
    client.takeMessage("2");
    client.takeError("BAD_REQUEST", 1002);
  }

  @ParameterizedTest
  @EnumSource(
      value = CloseReason.class,
      names = {"SERVER_STOPPING", "KICKED", "TOKEN_EXPIRED", "UNAVAILABLE", "SERVER_ERROR"})
  void closeByTheServerIsExplained(CloseReason reason) {
    client.session.session().close(reason);

    var error = client.takeError(reason.name(), CloseCode.of(reason).code());
    assertThat(Client.text(error)).isEqualTo(reason.text());
  }

  @Test
  void transportThatIsGoneEndsTheSession() {
    client.send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0");

    client.session.disconnected();
    client.session.disconnected();

    assertThat(bench.sessions.count()).isZero();
    assertThat(bench.hub.subscriptions()).isZero();
    assertThat(client.frames).isEmpty();
  }
}
