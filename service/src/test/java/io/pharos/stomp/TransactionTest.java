package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.queue.QueueStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions: items 61 to 65 of the protocol checklist. */
class TransactionTest {
  private static final String A = "/topic/public/a";
  private static final QueueStatus UNTOUCHED = new QueueStatus(Destination.of("/queue/q"), 0, 2, 1);

  private final Bench bench = new Bench();
  private final Client client = bench.connected(Version.V1_2);

  private static String begin(String name) {
    return "BEGIN\ntransaction:" + name + "\n\n\0";
  }

  private static String commit(String name) {
    return "COMMIT\ntransaction:" + name + "\nreceipt:commit\n\n\0";
  }

  private static String send(String body, String name) {
    return "SEND\ndestination:" + A + "\ntransaction:" + name + "\n\n" + body + "\0";
  }

  private List<String> stored() {
    return bench.broker.history(Destination.of(A), null, 100).messages().stream()
        .map(Message::body)
        .map(body -> String.valueOf(body.textOrNull()))
        .toList();
  }

  /** The client has two messages of a queue and has acknowledged neither. */
  private Frame[] twoUnacknowledged(String mode) {
    client.send("SUBSCRIBE\nid:s\ndestination:/queue/q\nack:" + mode + "\n\n\0");
    bench.publish("/queue/q", "1", "2");
    return new Frame[] {client.takeMessage("1"), client.takeMessage("2")};
  }

  private static String answer(String command, Frame message, String name) {
    String id = Objects.requireNonNull(message.header("ack"));
    return command + "\nid:" + id + "\ntransaction:" + name + "\n\n\0";
  }

  @Tag("stomp-62")
  @Test
  void messageThatALaterAckStandsForMayBeAcknowledgedOnceMore() {
    Frame[] both = twoUnacknowledged("client");

    client.send("BEGIN\ntransaction:t\n\n\0");
    client.send(answer("ACK", both[1], "t")).send(answer("ACK", both[0], "t"));
    client.send(commit("t")).takeReceipt("commit");

    client.send("UNSUBSCRIBE\nid:s\n\n\0");
    client.send("SUBSCRIBE\nid:again\ndestination:/queue/q\n\n\0").assertQuiet();
  }

  @Tag("stomp-54")
  @Tag("stomp-62")
  @Test
  void version10AcknowledgesOneMessageForEachOfItsSubscriptions() {
    Client oldest = bench.connected(Version.V1_0);
    for (String id : List.of("a", "b")) {
      String flow = "\nack:client\nprefetch-count:1\n\n\0";
      oldest.send("SUBSCRIBE\nid:" + id + "\ndestination:" + A + flow);
    }
    bench.publish(A, "1", "2");
    String id = oldest.takeMessage("1").header("message-id");
    oldest.takeMessage("1");
    oldest.assertQuiet();

    String ack = "ACK\nmessage-id:" + id + "\ntransaction:t\n\n\0";
    oldest.send("BEGIN\ntransaction:t\n\n\0").send(ack).send(ack).send(commit("t"));

    oldest.takeMessage("2");
    oldest.takeMessage("2");
    oldest.takeReceipt("commit").assertQuiet();
  }

  @Tag("stomp-62")
  @Test
  void messageThatALaterAckStandsForCannotBeReturned() {
    Frame[] both = twoUnacknowledged("client");

    client.send("BEGIN\ntransaction:t\n\n\0");
    client.send(answer("ACK", both[1], "t")).send(answer("NACK", both[0], "t"));

    client.send(commit("t")).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-61")
  @ParameterizedTest
  @ValueSource(strings = {"BEGIN\n\n\0", "COMMIT\n\n\0", "ABORT\n\n\0"})
  void transactionIsNeeded(String frame) {
    var error = client.send(frame).takeError("BAD_REQUEST", 1002);

    assertThat(Client.text(error)).contains("'transaction'");
  }

  @Tag("stomp-61")
  @Test
  void nameIsUniqueAmongTheOpenOnes() {
    client.send(begin("t")).send(begin("u")).assertQuiet();

    client.send(begin("t")).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-61")
  @Test
  void nameMayBeUsedAgainOnceItsTransactionHasEnded() {
    client.send(begin("t")).send(commit("t")).takeReceipt("commit");
    client.send(begin("t")).send("ABORT\ntransaction:t\n\n\0").send(begin("t")).assertQuiet();
  }

  @Tag("stomp-61")
  @Test
  void nameBelongsToItsConnection() {
    client.send(begin("t"));

    bench.connected(Version.V1_2).send(begin("t")).send(commit("t")).takeReceipt("commit");
    client.send(commit("t")).takeReceipt("commit");
  }

  @Tag("stomp-61")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT\ntransaction:x\n\n\0",
        "ABORT\ntransaction:x\n\n\0",
        "SEND\ndestination:/topic/public/a\ntransaction:x\n\nbody\0",
        "ACK\nid:1-a\ntransaction:x\n\n\0",
        "NACK\nid:1-a\ntransaction:x\n\n\0",
        "COMMIT\ntransaction:done\n\n\0"
      })
  void unknownTransactionIsAnError(String frame) {
    client.send(begin("t")).send(begin("done") + commit("done")).takeReceipt("commit");

    client.send(frame).takeError("BAD_REQUEST", 1002);
    assertThat(stored()).isEmpty();
  }

  @Tag("stomp-62")
  @Test
  void sendsTakeEffectAtCommitInTheirOrder() {
    client.send(begin("t")).send(send("1", "t")).send(send("2", "t"));
    assertThat(stored()).isEmpty();

    client.send(commit("t")).takeReceipt("commit");

    assertThat(stored()).containsExactly("1", "2");
  }

  @Tag("stomp-62")
  @Test
  void abortForgetsSends() {
    client.send(begin("t")).send(send("1", "t"));

    client.send("ABORT\ntransaction:t\nreceipt:a\n\n\0").takeReceipt("a");

    assertThat(stored()).isEmpty();
  }

  @Tag("stomp-62")
  @Test
  void acknowledgementsTakeEffectAtCommit() {
    Frame[] messages = twoUnacknowledged("client-individual");
    client.send(begin("t"));
    client.send(answer("ACK", messages[0], "t")).send(answer("NACK", messages[1], "t"));
    assertThat(bench.queues.status()).containsExactly(UNTOUCHED);
    client.assertQuiet();

    client.send(commit("t"));

    assertThat(client.takeMessage("2").header("redelivered")).isEqualTo("true");
    client.takeReceipt("commit").assertQuiet();
    assertThat(bench.queues.status())
        .containsExactly(new QueueStatus(Destination.of("/queue/q"), 0, 1, 1));
  }

  @Tag("stomp-62")
  @Test
  void abortedAcknowledgementsCanBeGivenAgain() {
    Frame[] messages = twoUnacknowledged("client");
    client.send(begin("t")).send(answer("ACK", messages[1], "t"));

    client.send("ABORT\ntransaction:t\n\n\0");

    assertThat(bench.queues.status()).containsExactly(UNTOUCHED);
    client.send(begin("t")).send(answer("ACK", messages[1], "t")).send(commit("t"));
    client.takeReceipt("commit");
    assertThat(bench.queues.status())
        .containsExactly(new QueueStatus(Destination.of("/queue/q"), 0, 0, 1));
  }

  @Tag("stomp-62")
  @Test
  void jobAndResultAreOneTransaction() {
    Frame[] messages = twoUnacknowledged("client-individual");

    client.send(
        begin("t")
            + answer("ACK", messages[0], "t")
            + "SEND\ndestination:/queue/results\ntransaction:t\n\nresult\0"
            + send("news", "t")
            + commit("t"));

    client.takeReceipt("commit");
    assertThat(stored()).containsExactly("news");
    assertThat(bench.queues.status())
        .containsExactly(
            new QueueStatus(Destination.of("/queue/q"), 0, 1, 1),
            new QueueStatus(Destination.of("/queue/results"), 1, 0, 0));
  }

  @Tag("stomp-62")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SEND\ndestination:/topic/secret\ntransaction:t\n\nforbidden\0",
        "SEND\ndestination:nonsense\ntransaction:t\n\nmalformed\0",
        "SEND\ntransaction:t\n\nno destination\0",
        "SEND\ndestination:/app/x\ntransaction:t\n\nnot offered\0",
        "SEND\ndestination:/queue/full\ntransaction:t\n\nno room\0",
        "ACK\nid:1-unknown\ntransaction:t\n\n\0",
        "ACK\ntransaction:t\n\n\0",
        "NACK\nid:AGAIN\ntransaction:t\n\n\0"
      })
  void oneFrameThatCannotBeDoneMeansThatNothingIs(String last) {
    for (int i = 0; i < 1000; i++) {
      bench.publish("/queue/full", "x");
    }
    Frame[] messages = twoUnacknowledged("client");
    String again = String.valueOf(messages[0].header("ack"));
    client.send(begin("t") + send("1", "t") + answer("ACK", messages[1], "t"));
    client.send("SEND\ndestination:/queue/results\ntransaction:t\n\nresult\0");
    client.send(last.replace("AGAIN", again));
    client.assertQuiet();

    client.send(commit("t"));

    Frame error = client.take(Command.ERROR);
    assertThat(error.header("receipt-id")).isEqualTo("commit");
    assertThat(client.closed).isNotNull();
    assertThat(stored()).isEmpty();
    // The session has ended: what it held is back.
    assertThat(bench.queues.status())
        .containsExactly(
            new QueueStatus(Destination.of("/queue/full"), 1000, 0, 0),
            new QueueStatus(Destination.of("/queue/q"), 2, 0, 0));
  }

  @Tag("stomp-63")
  @Test
  void lossOfTheConnectionAborts() {
    Frame[] messages = twoUnacknowledged("client");
    client.send(begin("t") + send("1", "t") + answer("ACK", messages[1], "t"));

    client.session.disconnected();

    assertThat(stored()).isEmpty();
    assertThat(bench.queues.status())
        .containsExactly(new QueueStatus(Destination.of("/queue/q"), 2, 0, 0));
  }

  @Tag("stomp-63")
  @Test
  void disconnectAborts() {
    client.send(begin("t") + send("1", "t") + "DISCONNECT\nreceipt:bye\n\n\0").takeReceipt("bye");

    client.send(commit("t")).assertQuiet();
    assertThat(stored()).isEmpty();
  }

  @Tag("stomp-64")
  @Test
  void sendsWithoutTheHeaderAreNotPartOfIt() {
    client.send(begin("t") + send("in", "t"));

    client.send("SEND\ndestination:" + A + "\nreceipt:r\n\nout\0").takeReceipt("r");

    assertThat(stored()).containsExactly("out");
    client.send(commit("t"));
    assertThat(stored()).containsExactly("out", "in");
  }

  @Tag("stomp-65")
  @Test
  void openTransactionsAreLimited() {
    for (int i = 0; i < 100; i++) {
      client.send(begin("t" + i));
    }
    client.send(commit("t0")).takeReceipt("commit");
    client.send(begin("one more")).assertQuiet();

    var error = client.send(begin("too many")).takeError("LIMIT_EXCEEDED", 1008);

    assertThat(Client.text(error)).contains("100");
  }

  @Tag("stomp-65")
  @Test
  void bytesInTransactionsAreLimitedTogether() {
    var small = new Bench(StompSettings.of("pharos/test", 1 << 20, Bench.PING), 100);
    var peer = small.connected(Version.V1_2);
    String body = "x".repeat(1 << 20);
    peer.send(begin("a")).send(begin("b"));
    peer.send(send(body, "a")).send(send(body, "a")).send(send(body, "b")).assertQuiet();
    peer.send("ABORT\ntransaction:b\n\n\0").send(send(body, "a")).assertQuiet();

    var error = peer.send(send(body, "a")).takeError("LIMIT_EXCEEDED", 1008);

    assertThat(Client.text(error)).contains("4194304");
  }

  @Tag("stomp-65")
  @Test
  void acknowledgementsCountAsWell() {
    twoUnacknowledged("client");
    client.send(begin("t"));
    String frame = "ACK\nid:" + "x".repeat(4000) + "\ntransaction:t\n\n\0";
    for (int i = 0; i < 3000 && client.closed == null; i++) {
      client.send(frame);
    }

    client.takeError("LIMIT_EXCEEDED", 1008);
  }

  @Tag("stomp-65")
  @Test
  void receiptOfAFrameSaysThatItsTransactionHasIt() {
    client.send(begin("t").replace("\n\n", "\nreceipt:b\n\n")).takeReceipt("b");
    client.send(send("1", "t").replace("\n\n", "\nreceipt:s\n\n"));

    Frame receipt = client.take(Command.RECEIPT);
    assertThat(receipt.header("receipt-id")).isEqualTo("s");
    assertThat(receipt.header("position")).isNull();
    assertThat(stored()).isEmpty();
    client.send(commit("t")).takeReceipt("commit");
  }

  @Test
  void transactionIsNotPassedOnToReceivers() {
    client.send("SUBSCRIBE\nid:s\ndestination:" + A + "\n\n\0");

    client.send(begin("t") + send("1", "t") + commit("t"));

    assertThat(client.takeMessage("1").header("transaction")).isNull();
  }
}
