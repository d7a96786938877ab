package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.queue.QueueStatus;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acknowledgement: items 54 to 60 of the protocol checklist, and 46 and 50. */
class AckTest {
  private final Bench bench = new Bench();
  private final Client client = bench.connected(Version.V1_2);

  private static String subscribe(String destination, String ack) {
    return "SUBSCRIBE\nid:s\ndestination:" + destination + "\nack:" + ack + "\n\n\0";
  }

  private static String ack(Frame message) {
    return "ACK\nid:" + ackId(message) + "\n\n\0";
  }

  private static String nack(Frame message) {
    return "NACK\nid:" + ackId(message) + "\n\n\0";
  }

  private static String ackId(Frame message) {
    return Objects.requireNonNull(message.header("ack"));
  }

  private void assertHolds(String queue, long depth, long pending, int consumers) {
    assertThat(bench.queues.status())
        .contains(new QueueStatus(Destination.of(queue), depth, pending, consumers));
  }

  /** Everything in the queue, by a consumer of its own. */
  private Client drain() {
    return bench.connected(Version.V1_2).send(subscribe("/queue/q", "auto"));
  }

  @Tag("stomp-50")
  @Test
  void messageHasAnAckHeaderIn12IfAcknowledgementIsNotAutomatic() {
    client.send(subscribe("/queue/q", "client"));
    var automatic = bench.connected(Version.V1_2).send(subscribe("/queue/auto", "auto"));
    var older = bench.connected(Version.V1_1).send(subscribe("/queue/old", "client"));

    bench.publish("/queue/q", "x");
    bench.publish("/queue/auto", "x");
    bench.publish("/queue/old", "x");

    Frame message = client.takeMessage("x");
    assertThat(ackId(message)).matches("[0-9A-Za-z-]+");
    assertThat(message.header("destination")).isEqualTo("/queue/q");
    assertThat(message.header("redelivered")).isNull();
    assertThat(automatic.takeMessage("x").header("ack")).isNull();
    assertThat(older.takeMessage("x").header("ack")).isNull();
  }

  @Tag("stomp-54")
  @Test
  void in12AckNamesTheMessageByItsAckHeader() {
    client.send(subscribe("/queue/q", "client-individual"));
    bench.publish("/queue/q", "x");

    client.send(ack(client.takeMessage("x")).replace("\n\n", "\nreceipt:r\n\n")).takeReceipt("r");

    assertHolds("/queue/q", 0, 0, 1);
  }

  @Tag("stomp-54")
  @Test
  void in12AckWithoutIdIsAnError() {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "x");
    Frame message = client.takeMessage("x");

    var error =
        client
            .send("ACK\nmessage-id:" + message.header("message-id") + "\nsubscription:s\n\n\0")
            .takeError("BAD_REQUEST", 1002);

    assertThat(Client.text(error)).contains("'id'");
  }

  @Tag("stomp-54")
  @Test
  void in11AckNamesMessageAndSubscription() {
    var older = bench.connected(Version.V1_1).send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "x");
    String id = older.takeMessage("x").header("message-id");

    older.send("ACK\nmessage-id:" + id + "\nsubscription:s\nreceipt:r\n\n\0").takeReceipt("r");

    assertHolds("/queue/q", 0, 0, 1);
  }

  @Tag("stomp-54")
  @ParameterizedTest
  @ValueSource(strings = {"message-id:ID", "subscription:s", "message-id:ID\nsubscription:t"})
  void in11BothAreNeededAndMustFit(String headers) {
    var older = bench.connected(Version.V1_1).send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "x");
    String id = String.valueOf(older.takeMessage("x").header("message-id"));

    older.send("ACK\n" + headers.replace("ID", id) + "\n\n\0").takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-54")
  @Test
  void in10AckNamesTheMessageAlone() {
    var oldest = bench.connected(Version.V1_0);
    oldest.send("SUBSCRIBE\ndestination:/queue/q\nack:client\n\n\0");
    bench.publish("/queue/q", "x");
    String id = oldest.takeMessage("x").header("message-id");

    oldest.send("ACK\nmessage-id:" + id + "\nreceipt:r\n\n\0").takeReceipt("r");

    assertHolds("/queue/q", 0, 0, 1);
  }

  @Tag("stomp-54")
  @Test
  void in10TheOldestSubscriptionThatHoldsTheMessageIsMeant() {
    var oldest = bench.connected(Version.V1_0);
    String subscribe = "SUBSCRIBE\nid:%s\ndestination:/topic/a\nack:client\n\n\0";
    oldest.send(subscribe.formatted("1")).send(subscribe.formatted("2"));
    bench.publish("/topic/a", "x");
    String id = oldest.takeMessage("x").header("message-id");
    oldest.takeMessage("x");

    String ack = "ACK\nmessage-id:" + id + "\nreceipt:r\n\n\0";
    oldest.send(ack).takeReceipt("r").send(ack).takeReceipt("r");

    oldest.send(ack).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-55")
  @Test
  void clientModeIsCumulativeWithinItsSubscription() {
    client.send(subscribe("/queue/q", "client"));
    client.send(subscribe("/queue/other", "client").replace("id:s", "id:t"));
    bench.publish("/queue/other", "o");
    bench.publish("/queue/q", "1", "2", "3");
    client.takeMessage("o");
    client.takeMessage("1");

    client.send(ack(client.takeMessage("2")));

    assertHolds("/queue/q", 0, 1, 1);
    assertHolds("/queue/other", 0, 1, 1);
    client.session.disconnected();
    drain().takeMessage("3");
  }

  @Tag("stomp-55")
  @Test
  void clientIndividualModeMeansThatMessageAlone() {
    client.send(subscribe("/queue/q", "client-individual"));
    bench.publish("/queue/q", "1", "2", "3");
    client.takeMessage("1");

    client.send(ack(client.takeMessage("2")));

    assertHolds("/queue/q", 0, 2, 1);
    client.session.disconnected();
    var rest = drain();
    rest.takeMessage("1");
    rest.takeMessage("3");
    rest.assertQuiet();
  }

  @Tag("stomp-55")
  @Test
  void version10HasNoIndividualMode() {
    bench
        .connected(Version.V1_0)
        .send(subscribe("/queue/q", "client-individual"))
        .takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-56")
  @Test
  void nackReturnsTheMessageToWhoeverIsNext() {
    client.send(subscribe("/queue/q", "client-individual"));
    bench.publish("/queue/q", "x");
    Frame first = client.takeMessage("x");
    var next = bench.connected(Version.V1_2).send(subscribe("/queue/q", "client-individual"));

    client.send(nack(first));

    Frame again = next.takeMessage("x");
    assertThat(again.header("message-id")).isEqualTo(first.header("message-id"));
    assertThat(again.header("redelivered")).isEqualTo("true");
    assertThat(again.header("delivery-count")).isEqualTo("2");
    client.assertQuiet();
  }

  @Tag("stomp-56")
  @Test
  void nackIsCumulativeInClientMode() {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "1", "2", "3");
    client.takeMessage("1");
    Frame second = client.takeMessage("2");
    client.takeMessage("3");

    client.send(nack(second));

    client.takeMessage("1");
    client.takeMessage("2");
    client.assertQuiet();
  }

  @Tag("stomp-56")
  @Test
  void nackWithoutRequeueMakesADeadLetter() {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "x");

    client.send(nack(client.takeMessage("x")).replace("\n\n", "\nrequeue:false\n\n"));

    assertHolds("/queue/DLQ.q", 1, 0, 0);
    client.send(subscribe("/queue/DLQ.q", "auto").replace("id:s", "id:dead"));
    Frame dead = client.takeMessage("x");
    assertThat(dead.header("dead-letter-reason")).isEqualTo("rejected");
    assertThat(dead.header("dead-letter-queue")).isEqualTo("/queue/q");
  }

  @Tag("stomp-56")
  @Test
  void messageThatIsReturnedTooOftenBecomesADeadLetter() {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "poison", "good");

    client.send(nack(client.takeMessage("poison")));
    client.takeMessage("good");
    client.send(nack(client.takeMessage("poison")));

    // In client mode "good" stands before the poison, and was returned with it.
    client.takeMessage("poison");
    client.takeMessage("good");
    assertHolds("/queue/q", 0, 2, 1);
    client.session.disconnected();
    assertHolds("/queue/DLQ.q", 1, 0, 0);
    assertHolds("/queue/q", 1, 0, 0);
  }

  @Tag("stomp-56")
  @ParameterizedTest
  @ValueSource(strings = {"", "no", "TRUE"})
  void requeueIsTrueOrFalse(String value) {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "x");

    client
        .send(nack(client.takeMessage("x")).replace("\n\n", "\nrequeue:" + value + "\n\n"))
        .takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-57")
  @Test
  void lossOfTheConnectionRedeliversAndSaysSo() {
    client.send(subscribe("/queue/q", "client-individual"));
    bench.publish("/queue/q", "1", "2");
    client.send(ack(client.takeMessage("1")));
    client.takeMessage("2");

    client.session.disconnected();

    var next = drain();
    assertThat(next.takeMessage("2").header("redelivered")).isEqualTo("true");
    next.assertQuiet();
  }

  @Tag("stomp-57")
  @Test
  void disconnectReturnsWhatIsNotAcknowledged() {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "1", "2");
    Frame first = client.takeMessage("1");
    client.takeMessage("2");

    client.send(ack(first) + "DISCONNECT\nreceipt:bye\n\n\0").takeReceipt("bye");

    var next = drain();
    assertThat(next.takeMessage("2").header("redelivered")).isEqualTo("true");
    next.assertQuiet();
  }

  @Tag("stomp-57")
  @Test
  void automaticAcknowledgementFollowsTheWrite() {
    client.send(subscribe("/queue/q", "auto"));
    bench.executor.hold();
    bench.publish("/queue/q", "1", "2");
    assertHolds("/queue/q", 0, 2, 1);
    client.session.disconnected();
    bench.executor.release();

    assertThat(client.frames).isEmpty();
    var next = drain();
    assertThat(next.takeMessage("1").header("redelivered")).isEqualTo("true");
    next.takeMessage("2");
    assertThat(bench.queues.status())
        .containsExactly(new QueueStatus(Destination.of("/queue/q"), 0, 0, 1));
  }

  @Tag("stomp-46")
  @Test
  void unsubscribeReturnsWhatIsNotAcknowledged() {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "1", "2");
    client.send(ack(client.takeMessage("1")));
    Frame second = client.takeMessage("2");

    client.send("UNSUBSCRIBE\nid:s\nreceipt:u\n\n\0").takeReceipt("u");

    var next = drain();
    assertThat(next.takeMessage("2").header("redelivered")).isEqualTo("true");
    next.assertQuiet();
    client.send(ack(second)).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-58")
  @ParameterizedTest
  @ValueSource(strings = {"ACK", "NACK"})
  void whatIsAcknowledgedAlreadyIsAnError(String command) {
    client.send(subscribe("/queue/q", "client"));
    bench.publish("/queue/q", "x");
    String frame = ack(client.takeMessage("x"));

    client.send(frame).send(frame.replace("ACK", command)).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-58")
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1", "1-", "-1", "1-x", "99999999999-x", "2-x", "é-1"})
  void unknownIdIsAnError(String id) {
    client.send(subscribe("/queue/q", "client"));

    client.send("ACK\nid:" + id + "\n\n\0").takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-58")
  @Test
  void messageOfAnAutomaticSubscriptionIsAnError() {
    var older = bench.connected(Version.V1_1).send(subscribe("/queue/q", "auto"));
    bench.publish("/queue/q", "x");
    String id = older.takeMessage("x").header("message-id");

    older.send("ACK\nmessage-id:" + id + "\nsubscription:s\n\n\0").takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-59")
  @Test
  void nackIsUnknownTo10() {
    var oldest = bench.connected(Version.V1_0);
    oldest.send("SUBSCRIBE\nid:s\ndestination:/queue/q\nack:client\n\n\0");
    bench.publish("/queue/q", "x");
    String id = oldest.takeMessage("x").header("message-id");

    oldest.send("NACK\nmessage-id:" + id + "\n\n\0").takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-60")
  @ParameterizedTest
  @CsvSource({"/queue/q,client", "/queue/q,client-individual", "/topic/a,client"})
  void noMoreAreInFlightThanThePrefetchCount(String destination, String mode) {
    client.send(subscribe(destination, mode).replace("\n\n", "\nprefetch-count:2\n\n"));
    bench.publish(destination, "1", "2", "3", "4", "5");

    client.takeMessage("1");
    Frame second = client.takeMessage("2");
    client.assertQuiet();
    client.send(ack(second));

    client.takeMessage("3");
    if (mode.equals("client")) {
      client.takeMessage("4");
    }
    client.assertQuiet();
  }

  @Tag("stomp-60")
  @Test
  void theWindowIsFiftyWhereNoneIsAskedFor() {
    client.send(subscribe("/queue/q", "client"));
    for (int i = 1; i <= 60; i++) {
      bench.publish("/queue/q", "" + i);
    }

    assertThat(client.frames).hasSize(50);
    assertHolds("/queue/q", 10, 50, 1);
  }

  @Tag("stomp-60")
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "", "1001", "99999999999"})
  void prefetchCountIsANumberFrom1To1000(String count) {
    client
        .send(subscribe("/queue/q", "client").replace("\n\n", "\nprefetch-count:" + count + "\n\n"))
        .takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-60")
  @Test
  void aTopicsMessagesComeCompleteHoweverSlowlyTheyAreAcknowledged() {
    client.send(
        subscribe("/topic/a", "client-individual").replace("\n\n", "\nprefetch-count:3\n\n"));
    for (int i = 1; i <= 50; i++) {
      bench.publish("/topic/a", "" + i);
      if (i % 5 == 0) {
        client.send(ack(client.take(Command.MESSAGE)));
      }
    }

    int next = 11;
    while (!client.frames.isEmpty()) {
      client.send(ack(client.takeMessage("" + next++)));
    }

    assertThat(next).isEqualTo(51);
    bench.publish("/topic/a", "live");
    client.takeMessage("live");
  }

  @Tag("stomp-60")
  @Test
  void aTopicThatRunsAwayIsAGapThatCanBeAcknowledged() {
    client.send(subscribe("/topic/a", "client").replace("\n\n", "\nprefetch-count:1\n\n"));
    for (int i = 1; i <= 400; i++) {
      bench.publish("/topic/a", "" + i);
    }

    client.send(ack(client.takeMessage("1")));

    Frame next = client.take(Command.MESSAGE);
    while (next.header("pharos-event") == null) {
      client.send(ack(next));
      next = client.take(Command.MESSAGE);
    }
    client.send(ack(next));
    client.send(ack(client.takeMessage("301")));
    client.takeMessage("302");
  }

  @Test
  void nackOnATopicMakesRoomAndNothingComesAgain() {
    client.send(subscribe("/topic/a", "client").replace("\n\n", "\nprefetch-count:1\n\n"));
    bench.publish("/topic/a", "1", "2");

    client.send(nack(client.takeMessage("1")));

    assertThat(client.takeMessage("2").header("redelivered")).isNull();
    assertThat(bench.queues.status()).isEmpty();
  }

  @Test
  void bothSidesOfAQueueHaveRightsOfTheirOwn() {
    var reader = bench.connected(Version.V1_2, "reader").send(subscribe("/queue/q", "client"));
    bench
        .connected(Version.V1_2, "reader")
        .send("SEND\ndestination:/queue/q\n\nx\0")
        .takeError("FORBIDDEN", 1008);
    var writer = bench.connected(Version.V1_2, "writer");
    writer.send("SEND\ndestination:/queue/q\nreceipt:r\n\nx\0").takeReceipt("r");
    writer.send(subscribe("/queue/q", "client")).takeError("FORBIDDEN", 1008);

    reader.takeMessage("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/queue/*", "/queue/**", "/queue/q/*"})
  void queuesAreConsumedOneByOne(String pattern) {
    client.send(subscribe(pattern, "client")).takeError("BAD_REQUEST", 1002);
  }

  @Test
  void aQueueHasNoPositionToResumeFrom() {
    client
        .send(subscribe("/queue/q", "client").replace("\n\n", "\nlast-event-id:e-1\n\n"))
        .takeError("BAD_REQUEST", 1002);
  }

  @Test
  void aFullQueueIsAnErrorForThePublisher() {
    for (int i = 0; i < 1000; i++) {
      bench.publish("/queue/q", "x");
    }

    var error =
        client
            .send("SEND\ndestination:/queue/q\nreceipt:r\n\nx\0")
            .takeError("LIMIT_EXCEEDED", 1008);

    assertThat(Client.text(error)).contains("full", "1000");
  }

  @Test
  void unacknowledgedMessagesOfASessionAreLimited() {
    String frame = "SUBSCRIBE\nid:%d\ndestination:/queue/%d\nack:client\nprefetch-count:1000\n\n\0";
    for (int i = 1; i <= 10; i++) {
      client.send(frame.formatted(i, i));
    }
    client.send("UNSUBSCRIBE\nid:1\n\n\0").send(frame.formatted(11, 11)).assertQuiet();
    client.send(subscribe("/topic/a", "auto")).assertQuiet();

    var error =
        client
            .send(frame.formatted(12, 12).replace("prefetch-count:1000", "prefetch-count:1"))
            .takeError("LIMIT_EXCEEDED", 1008);

    assertThat(Client.text(error)).contains("10000", "prefetch-count");
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aMessageOfAQueueIsSentWhileNobodyListensAndDeliveredOnce(Version version) {
    client.send("SEND\ndestination:/queue/q\ncontent-type:text/plain\nx:y\nreceipt:r\n\nhello\0");
    String position = client.take(Command.RECEIPT).header("position");
    var one = bench.connected(version).send(subscribe("/queue/q", "auto"));
    var two = bench.connected(version);
    two.send(subscribe("/queue/q", "auto").replace("\n\n", "\nreceipt:sub\n\n"));
    assertThat(two.take(Command.RECEIPT).header("position")).isNull();

    Frame message = one.takeMessage("hello");

    assertThat(message.header("message-id")).isEqualTo(position);
    assertThat(message.header("position")).as("to resume from").isNull();
    assertThat(message.header("content-type")).isEqualTo("text/plain");
    assertThat(message.header("x")).isEqualTo("y");
    two.assertQuiet();
  }
}
