package io.pharos.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the broker and the clients get to see of each other's headers. */
class TranslationTest {
  private static final List<String> ORDERS =
      List.of(
          "reply-to",
          "expiration",
          "expires",
          "priority",
          "persistent",
          "durable",
          "auto-delete",
          "exclusive",
          "user-id",
          "selector",
          "x-message-ttl",
          "x-dead-letter-exchange",
          "amqp-message-id",
          "JMSReplyTo",
          "activemq.retroactive");

  @Provide
  Arbitrary<Map<String, String>> headers() {
    Arbitrary<String> orders = Arbitraries.of(ORDERS);
    Arbitrary<String> names =
        Arbitraries.oneOf(
            orders,
            orders.map(name -> name.toUpperCase(java.util.Locale.ROOT)),
            Arbitraries.strings().withCharRange('a', 'e').ofMinLength(1).ofMaxLength(4));
    return Arbitraries.maps(names, Arbitraries.strings().alpha().ofMaxLength(5)).ofMaxSize(8);
  }

  @Property
  void noOrderOfAPublisherReachesTheBrokerAndAllElseDoes(
      @ForAll("headers") Map<String, String> headers) {
    var frame = Frame.of(Command.SEND).header("destination", "/topic/a/b");
    headers.forEach(frame::header);

    var passed = new ArrayList<String>();
    Translation.toBroker(frame.build(), "receipt", "7")
        .forEachHeader((name, value) -> passed.add(name + ":" + value));

    var expected = new ArrayList<String>();
    expected.add("destination:/topic/a.b");
    headers.forEach(
        (name, value) -> {
          if (ORDERS.stream().noneMatch(name::equalsIgnoreCase)) {
            expected.add(name + ":" + value);
          }
        });
    expected.add("receipt:7");
    assertThat(passed).containsExactlyElementsOf(expected);
  }

  @Test
  void whatGoesToAQueueOutlivesTheBroker() {
    Frame job = Frame.of(Command.SEND).header("destination", "/queue/a").build();
    Frame news = Frame.of(Command.SEND).header("destination", "/topic/a").build();
    assertThat(Translation.toBroker(job).header("persistent")).isEqualTo("true");
    assertThat(Translation.toBroker(news).header("persistent")).isNull();
  }

  @Test
  void aClientSeesNothingOfTheBrokersAndOfRepeatedHeadersTheFirst() {
    Frame message =
        Frame.of(Command.MESSAGE)
            .header("destination", "/topic/%25user.ann.queue.x")
            .header("colour", "red")
            .header("colour", "blue")
            .header("receipt", "of-the-publisher")
            .header("transaction", "of-the-publisher")
            .header("persistent", "true")
            .header("redelivered", "true")
            .body("hi")
            .build();
    Frame seen = Translation.toClient(message, Destination.of("/user/ann/queue/x"));
    var headers = new ArrayList<String>();
    seen.forEachHeader((name, value) -> headers.add(name + ":" + value));
    assertThat(headers)
        .containsExactly("destination:/user/queue/x", "colour:red", "redelivered:true");
    assertThat(seen.body()).isEqualTo(message.body());
  }
}
