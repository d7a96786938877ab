package io.pharos.stomp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendTest {
  private static final String A = "/topic/public/a";

  private final Bench bench = new Bench();
  private final Client client = bench.connected(Version.V1_2);

  private List<Message> stored(String destination) {
    return bench.broker.history(Destination.of(destination), null, 100).messages();
  }

  @Tag("stomp-66")
  @Test
  void receiptComesOnceTheMessageIsStoredAndNamesItsPosition() {
    client.send("SEND\ndestination:" + A + "\nreceipt:r1\n\nhello\0");

    var message = stored(A).getFirst();
    assertThat(message.body()).isEqualTo(Body.of("hello"));
    var receipt = client.take(Command.RECEIPT);
    assertThat(receipt.header("receipt-id")).isEqualTo("r1");
    assertThat(receipt.header("position")).isEqualTo(message.position().toString());
  }

  @Test
  void withoutReceiptThereIsNoAnswer() {
    client.send("SEND\ndestination:" + A + "\n\nhello\0");

    assertThat(stored(A)).hasSize(1);
    client.assertQuiet();
  }

  @Tag("stomp-39")
  @Test
  void destinationIsNeeded() {
    var error = client.send("SEND\nreceipt:r\n\nx\0").takeError("BAD_REQUEST", 1002);

    assertThat(error.header("receipt-id")).isEqualTo("r");
    assertThat(Client.text(error)).contains("'destination'");
  }

  @Tag("stomp-39")
  @Tag("stomp-75")
  @ParameterizedTest
  @ValueSource(
      strings = {"", "topic/a", "/unknown/a", "/topic/", "/topic/*", "/user/queue/a", "/topic/a b"})
  void malformedDestinationIsRefused(String destination) {
    client.send("SEND\ndestination:" + destination + "\n\nx\0").takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-39")
  @Tag("stomp-77")
  @Test
  void forbiddenDestinationIsRefusedAndNothingStored() {
    var error =
        client
            .send("SEND\ndestination:/topic/secret\nreceipt:9\n\nx\0")
            .takeError("FORBIDDEN", 1008);

    assertThat(error.header("receipt-id")).isEqualTo("9");
    assertThat(stored("/topic/secret")).isEmpty();
  }

  @Tag("stomp-12")
  @Tag("stomp-40")
  @Test
  void headersOfThePublisherArePassedOnWhateverTextTheyAre() {
    client.send("SUBSCRIBE\nid:s\ndestination:" + A + "\n\n\0");

    client.send("SEND\ndestination:" + A + "\na\\cb:x\\r\\ny\\\\z\nmy grüße:\nevent:\n\nx\0");

    var message = client.takeMessage("x");
    assertThat(message.header("a:b")).isEqualTo("x\r\ny\\z");
    assertThat(message.header("my grüße")).isEmpty();
    assertThat(message.header("event")).isEmpty();
  }

  @Tag("stomp-11")
  @Tag("stomp-40")
  @Test
  void headerThatAnOlderVersionCannotSpellIsLeftOutForIt() {
    Client v11 = bench.connected(Version.V1_1);
    Client v10 = bench.connected(Version.V1_0);
    for (Client each : List.of(v11, v10)) {
      each.send("SUBSCRIBE\nid:s\ndestination:" + A + "\n\n\0");
    }

    client.send("SEND\ndestination:" + A + "\nr:1\\r2\nn:1\\n2\na\\cb:3\nc:4\n\nx\0");

    Frame inV11 = v11.takeMessage("x");
    assertThat(inV11.header("r")).isNull();
    assertThat(inV11.header("n")).isEqualTo("1\n2");
    assertThat(inV11.header("a:b")).isEqualTo("3");
    Frame inV10 = v10.takeMessage("x");
    assertThat(inV10.header("r")).isNull();
    assertThat(inV10.header("n")).isNull();
    assertThat(inV10.header("c")).isEqualTo("4");
  }

  @Tag("stomp-40")
  @Test
  void messageMayBeForwardedWithAllOfItsHeaders() {
    client.send("SUBSCRIBE\nid:s\ndestination:" + A + "\n\n\0");
    String forged =
        """
        message-id:forged
        subscription:other
        position:e-9
        timestamp:1
        ack:1
        redelivered:true
        delivery-count:9
        pharos-event:gap
        receipt-id:r
        """;

    client.send("SEND\ndestination:" + A + "\n" + forged + "mine:1\n\nx\0");

    var message = client.takeMessage("x");
    assertThat(message.header("mine")).isEqualTo("1");
    assertThat(message.header("subscription")).isEqualTo("s");
    assertThat(message.header("message-id")).isEqualTo(message.header("position"));
    assertThat(message.header("position")).isEqualTo(stored(A).getFirst().position().toString());
    assertThat(message.header("timestamp")).isNotEqualTo("1");
    for (String name : List.of("ack", "redelivered", "delivery-count", "pharos-event")) {
      assertThat(message.header(name)).as(name).isNull();
    }
  }

  @Tag("stomp-14")
  @Test
  void firstDestinationCountsForTheRightAsWell() {
    client.send("SEND\ndestination:" + A + "\ndestination:/topic/secret\nreceipt:1\n\nx\0");

    client.takeReceipt("1");
    assertThat(stored(A)).hasSize(1);
    assertThat(stored("/topic/secret")).isEmpty();
  }

  @Tag("stomp-40")
  @Test
  void userDefinedHeadersPassThroughAndTheProtocolsOwnDoNot() {
    client.send(
        "SEND\ndestination:"
            + A
            + "\ncontent-type:text/plain\nx:1\nx:2\nevent:tick\nlogin:l\npasscode:p\n"
            + "Authorization:z\nreceipt:r\ncontent-length:1\nidempotency-key:k\n\nx\0");

    var message = stored(A).getFirst();
    assertThat(message.contentType()).isEqualTo("text/plain");
    assertThat(message.headers().values()).containsOnlyKeys("x", "event").containsEntry("x", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x:a\tb", "x:\u001b[2J", "\u0007:x", "event:a\\nb", "event:gap"})
  void headersThatWouldMisleadReceiversAreRefused(String header) {
    client
        .send("SEND\ndestination:" + A + "\n" + header + "\n\nx\0")
        .takeError("BAD_REQUEST", 1002);
    assertThat(stored(A)).isEmpty();
  }

  @Test
  void idempotencyKeyMakesASecondSendTheSameMessage() {
    String send = "SEND\ndestination:" + A + "\nidempotency-key:k\nreceipt:r\n\nx\0";

    client.send(send).send(send);

    assertThat(stored(A)).hasSize(1);
    assertThat(client.take(Command.RECEIPT)).isEqualTo(client.take(Command.RECEIPT));
  }

  @Tag("stomp-48")
  @Test
  void senderThatIsSubscribedGetsItsOwnMessage() {
    client.send("SUBSCRIBE\nid:1\ndestination:" + A + "\n\n\0");

    client.send("SEND\ndestination:" + A + "\n\nmine\0");

    client.takeMessage("mine");
  }

  @Test
  void otherUserIsAddressedByName() {
    client.send("SUBSCRIBE\nid:1\ndestination:/user/queue/mail\n\n\0");

    bench.connected(Version.V1_2).send("SEND\ndestination:/user/ann/queue/mail\n\nhello\0");

    assertThat(client.takeMessage("hello").header("destination")).isEqualTo("/user/queue/mail");
  }

  @Tag("stomp-49")
  @ParameterizedTest
  @EnumSource(Version.class)
  void bodyOfOneMebibyteOfTextMakesTheRoundTrip(Version version) {
    var peer = bench.connected(version).send("SUBSCRIBE\nid:1\ndestination:" + A + "\n\n\0");
    String body = "ä€x".repeat((1 << 20) / 6);

    peer.send("SEND\ndestination:" + A + "\n\n" + body + "\0");

    assertThat(Client.text(peer.take(Command.MESSAGE))).isEqualTo(body);
    assertThat(peer.messages.getLast()).isInstanceOf(String.class);
  }

  @Tag("stomp-49")
  @Test
  void bodyOfOneMebibyteOfBytesMakesTheRoundTrip() {
    client.send("SUBSCRIBE\nid:1\ndestination:" + A + "\n\n\0");
    byte[] body = new byte[1 << 20];
    new Random(1).nextBytes(body);

    client.send(("SEND\ndestination:" + A + "\ncontent-length:1048576\n\n").getBytes(UTF_8));
    client.send(body).send(new byte[] {0});

    assertThat(client.take(Command.MESSAGE).body()).isEqualTo(body);
    assertThat(client.messages.getLast()).isInstanceOf(byte[].class);
  }

  @Test
  void bodyOverTheLimitIsRefusedWithTheLimitNamed() {
    var error =
        client
            .send("SEND\ndestination:" + A + "\nreceipt:r\ncontent-length:2097153\n\n")
            .takeError("TOO_LARGE", 1009);

    assertThat(error.header("receipt-id")).isEqualTo("r");
    assertThat(Client.text(error)).contains("2097152");
  }

  @Test
  void brokerThatIsAwayMeansAnErrorAndNoReceipt() {
    bench.broker.close();

    var error =
        client.send("SEND\ndestination:" + A + "\nreceipt:r\n\nx\0").takeError("UNAVAILABLE", 1013);

    assertThat(error.header("receipt-id")).isEqualTo("r");
  }

  @Test
  void destinationWithoutAMessageHandlerIsNotSupported() {
    client.send("SEND\ndestination:/app/hello\n\nx\0").takeError("UNSUPPORTED", 1008);
  }
}
