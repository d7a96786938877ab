package io.pharos.stomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribeTest {
  private final Bench bench = new Bench();
  private final Client client = bench.connected(Version.V1_2);

  private static String subscribe(String id, String destination) {
    return "SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\nreceipt:" + id + "\n\n\0";
  }

  @Tag("stomp-66")
  @Test
  void messagesPublishedAfterTheReceiptArriveInOrder() {
    bench.publish("/topic/a", "before");
    client.send(subscribe("s", "/topic/a")).takeReceipt("s");

    bench.publish("/topic/a", "1", "2");
    bench.publish("/topic/a", "3");

    client.takeMessage("1");
    client.takeMessage("2");
    client.takeMessage("3");
    client.assertQuiet();
  }

  @Test
  void receiptNamesThePlaceAfterWhichTheSubscriptionBegins() {
    bench.publish("/topic/a", "1");
    String position =
        client.send(subscribe("s", "/topic/a")).take(Command.RECEIPT).header("position");
    bench.publish("/topic/a", "2");

    var other = bench.connected(Version.V1_2);
    other.send("SUBSCRIBE\nid:x\ndestination:/topic/a\nlast-event-id:" + position + "\n\n\0");

    other.takeMessage("2");
    other.assertQuiet();
  }

  @Test
  void receiptSaysWhereNothingIsRetained() {
    var without =
        new Bench(StompSettings.of("pharos/test", 1000, Bench.PING), 0).connected(Version.V1_2);

    assertThat(
            without
                .send(subscribe("s", "/topic/a"))
                .take(Command.RECEIPT)
                .header("pharos-delivery"))
        .isEqualTo("at-most-once");
    assertThat(
            client.send(subscribe("s", "/topic/a")).take(Command.RECEIPT).header("pharos-delivery"))
        .isNull();
  }

  @Tag("stomp-41")
  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIBE\nid:1\n\n\0", "SUBSCRIBE\ndestination:/topic/a\n\n\0"})
  void idAndDestinationAreNeeded(String frame) {
    client.send(frame).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-41")
  @Test
  void idMustBeUniqueOnTheConnection() {
    client.send(subscribe("s", "/topic/a")).takeReceipt("s");

    var error = client.send(subscribe("s", "/topic/b")).takeError("BAD_REQUEST", 1002);

    assertThat(error.header("receipt-id")).isEqualTo("s");
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @Test
  void idMayBeUsedAgainAfterUnsubscribe() {
    client.send(subscribe("s", "/topic/a")).send("UNSUBSCRIBE\nid:s\n\n\0").takeReceipt("s");

    client.send(subscribe("s", "/topic/b")).takeReceipt("s");

    bench.publish("/topic/a", "a");
    bench.publish("/topic/b", "b");
    client.takeMessage("b");
    client.assertQuiet();
  }

  @Tag("stomp-42")
  @Test
  void version10MaySubscribeWithoutIdAndUnsubscribeByDestination() {
    var old = bench.connected(Version.V1_0);
    old.send("SUBSCRIBE\ndestination:/topic/a\nreceipt:1\n\n\0").takeReceipt("1");
    bench.publish("/topic/a", "x");

    assertThat(old.takeMessage("x").header("subscription")).isNull();

    old.send("UNSUBSCRIBE\ndestination:/topic/a\nreceipt:2\n\n\0").takeReceipt("2");
    bench.publish("/topic/a", "y");
    old.assertQuiet();
  }

  @Tag("stomp-42")
  @Test
  void version10MayUseIdsAsWell() {
    var old = bench.connected(Version.V1_0).send(subscribe("a:b", "/topic/a")).takeReceipt("a:b");
    bench.publish("/topic/a", "x");

    assertThat(old.takeMessage("x").header("subscription")).isEqualTo("a:b");
    old.send("UNSUBSCRIBE\nid:a:b\nreceipt:2\n\n\0").takeReceipt("2");
    bench.publish("/topic/a", "y");
    old.assertQuiet();
  }

  @Tag("stomp-42")
  @Test
  void version10MayUnsubscribeByDestinationWhatHasAnId() {
    var old = bench.connected(Version.V1_0).send(subscribe("1", "/topic/a")).takeReceipt("1");
    old.send(subscribe("2", "/topic/b")).takeReceipt("2");

    old.send("UNSUBSCRIBE\ndestination:/topic/a\nreceipt:3\n\n\0").takeReceipt("3");
    bench.publish("/topic/a", "x");
    old.assertQuiet();
    bench.publish("/topic/b", "y");
    old.takeMessage("y");
  }

  @Tag("stomp-42")
  @Test
  void version10MustNameOneOfSeveralSubscriptionsToADestination() {
    var old = bench.connected(Version.V1_0).send(subscribe("1", "/topic/a")).takeReceipt("1");
    old.send(subscribe("2", "/topic/a")).takeReceipt("2");

    old.send("UNSUBSCRIBE\ndestination:/topic/a\n\n\0");

    assertThat(Client.text(old.takeError("BAD_REQUEST", 1002))).contains("several");
  }

  @Test
  void version10NeedsAnIdToSubscribeTwiceToADestination() {
    var old = bench.connected(Version.V1_0);
    String frame = "SUBSCRIBE\ndestination:/topic/a\n\n\0";

    assertThat(Client.text(old.send(frame).send(frame).takeError("BAD_REQUEST", 1002)))
        .contains("needs an id");
  }

  @Tag("stomp-43")
  @Test
  void unknownAcknowledgementIsRefused() {
    String frame = "SUBSCRIBE\nid:1\ndestination:/topic/a\nack:%s\n\n\0";

    bench.connected(Version.V1_2).send(frame.formatted("Auto")).takeError("BAD_REQUEST", 1002);
    bench
        .connected(Version.V1_0)
        .send(frame.formatted("client-individual"))
        .takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-76")
  @Test
  void selectorsAreNotSupported() {
    client
        .send("SUBSCRIBE\nid:1\ndestination:/topic/a\nselector:a > 1\n\n\0")
        .takeError("UNSUPPORTED", 1008);
  }

  @Tag("stomp-44")
  @Tag("stomp-77")
  @ParameterizedTest
  @ValueSource(strings = {"/user/bob/queue/mail", "/user/*/queue/mail", "/app/x"})
  void foreignDestinationsAreRefused(String destination) {
    client.send(subscribe("s", destination)).takeError("FORBIDDEN", 1008);
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/topic/a*", "/topic/**/b", "nothing", "", "/topic/a//b"})
  void malformedPatternIsRefused(String destination) {
    client.send(subscribe("s", destination)).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-44")
  @Test
  void brokerThatIsAwayMeansAnErrorAndNoReceipt() {
    bench.broker.close();

    client.send(subscribe("s", "/topic/a")).takeError("UNAVAILABLE", 1013);
  }

  @Tag("stomp-45")
  @Test
  void afterTheReceiptOfUnsubscribeNothingComesNotEvenWhatWasQueued() {
    client.send(subscribe("s", "/topic/a")).send(subscribe("t", "/topic/a"));
    client.takeReceipt("s").takeReceipt("t");

    bench.executor.hold();
    bench.publish("/topic/a", "queued");
    client.send("UNSUBSCRIBE\nid:s\nreceipt:u\n\n\0");
    bench.publish("/topic/a", "later");
    bench.executor.release();

    assertThat(client.takeMessage("queued").header("subscription")).isEqualTo("t");
    client.takeReceipt("u");
    assertThat(client.takeMessage("later").header("subscription")).isEqualTo("t");
    client.assertQuiet();
  }

  @Tag("stomp-45")
  @ParameterizedTest
  @ValueSource(strings = {"id:x", "destination:/topic/a"})
  void unsubscribeNeedsAKnownId(String header) {
    client.send(subscribe("s", "/topic/a")).takeReceipt("s");

    client.send("UNSUBSCRIBE\n" + header + "\nreceipt:u\n\n\0").takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-47")
  @Test
  void destinationSubscribedTwiceMeansTwoMessages() {
    client.send(subscribe("1", "/topic/a")).send(subscribe("2", "/topic/a"));
    client.takeReceipt("1").takeReceipt("2");

    bench.publish("/topic/a", "x");

    assertThat(client.takeMessage("x").header("subscription")).isEqualTo("1");
    assertThat(client.takeMessage("x").header("subscription")).isEqualTo("2");
  }

  @Test
  void patternTakesInManyDestinations() {
    client.send(subscribe("s", "/topic/*/b")).takeReceipt("s");

    bench.publish("/topic/a/b", "1");
    bench.publish("/topic/a/c", "2");
    bench.publish("/topic/x/b", "3");

    assertThat(client.takeMessage("1").header("destination")).isEqualTo("/topic/a/b");
    assertThat(client.takeMessage("3").header("destination")).isEqualTo("/topic/x/b");
    client.assertQuiet();
  }

  @Tag("stomp-50")
  @Tag("stomp-53")
  @ParameterizedTest
  @EnumSource(Version.class)
  void messageCarriesWhatReceiversNeed(Version version) {
    var peer = bench.connected(version).send(subscribe("s", "/topic/public/a")).takeReceipt("s");
    client.send("SEND\ndestination:/topic/public/a\ncontent-type:text/plain\nx:a\\cb\n\ntext\0");
    client.send("SEND\ndestination:/topic/public/a\n\n\0");

    var first = peer.takeMessage("text");
    assertThat(first.header("destination")).isEqualTo("/topic/public/a");
    assertThat(first.header("subscription")).isEqualTo("s");
    assertThat(first.header("message-id")).matches("[A-Za-z0-9-]+");
    assertThat(first.header("position")).isEqualTo(first.header("message-id"));
    assertThat(first.header("timestamp")).matches("\\d{13}");
    assertThat(first.header("content-type")).isEqualTo("text/plain");
    assertThat(first.header("content-length")).isEqualTo("4");
    assertThat(first.header("x")).isEqualTo("a:b");
    assertThat(first.header("ack")).isNull();
    var second = peer.takeMessage("");
    assertThat(second.header("message-id")).isNotEqualTo(first.header("message-id"));
    assertThat(second.header("content-type")).isNull();
  }

  @Test
  void severalMessagesLeaveInOneWrite() {
    client.send(subscribe("s", "/topic/a")).takeReceipt("s");
    int before = client.messages.size();

    bench.publish("/topic/a", "1", "2", "3");

    assertThat(client.messages).hasSize(before + 1);
  }

  @Test
  void binaryMessageBetweenTextOnesKeepsItsPlace() {
    client.send(subscribe("s", "/topic/public/a")).takeReceipt("s");
    bench.executor.hold();
    client.send("SEND\ndestination:/topic/public/a\n\n1\0");
    client.send("SEND\ndestination:/topic/public/a\n\n\u00ff\0".getBytes(ISO_8859_1));
    client.send("SEND\ndestination:/topic/public/a\n\n3\0");
    bench.executor.release();

    client.takeMessage("1");
    assertThat(client.take(Command.MESSAGE).body()).containsExactly(0xff);
    client.takeMessage("3");
    assertThat(client.messages.subList(client.messages.size() - 3, client.messages.size()))
        .hasOnlyElementsOfTypes(String.class, byte[].class);
  }
}
