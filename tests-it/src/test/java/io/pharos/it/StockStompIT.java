package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What STOMP can do, done by clients that nobody wrote for Pharos, unmodified. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StockStompIT {
  private static final int MEBIBYTE = 1 << 20;
  private static final URI NODE = Node.BRAVO.uri();
  private static final Rest ALICE = Rest.of(NODE, Token.of("alice"));

  private static NodeJs nodeJs;

  private final String name = UUID.randomUUID().toString();
  private final String topic = "/topic/stock/" + name;
  private final String queue = "/queue/stock/" + name;

  /** The node that takes the largest messages. */
  @Deployment(name = "bravo", testable = false)
  @TargetsContainer("itBravo")
  static WebArchive bravo() {
    return PharosWar.atRoot();
  }

  @BeforeAll
  static void install() throws IOException {
    nodeJs = NodeJs.install();
  }

  enum Stock {
    STOMPJS {
      @Override
      StockStomp open(Token token) {
        return NodeStomp.start(nodeJs, "drive-stompjs.mjs", NODE, token);
      }
    },
    WEBSTOMP {
      @Override
      StockStomp open(Token token) {
        return NodeStomp.start(nodeJs, "drive-webstomp.mjs", NODE, token);
      }
    },
    SPRING {
      @Override
      StockStomp open(Token token) {
        return SpringStomp.connect(NODE, token);
      }
    };

    abstract StockStomp open(Token token);

    StockStomp connect(Token token) {
      StockStomp client = open(token);
      assertThat(client.expect("connected").header("version")).isEqualTo("1.2");
      return client;
    }

    StockStomp connect() {
      return connect(Token.of("alice"));
    }
  }

  private static void subscribe(StockStomp client, String destination, String... more) {
    Map<String, String> headers = new LinkedHashMap<>(Map.of("id", "s", "receipt", "subscribed"));
    headers.putAll(Frame.of("", more).headers());
    client.subscribe(destination, headers);
    assertThat(client.expect("receipt").header("receipt-id")).isEqualTo("subscribed");
  }

  @ParameterizedTest
  @EnumSource
  void aMessageComesBackAsItWasSent(Stock stock) {
    try (StockStomp client = stock.connect()) {
      subscribe(client, topic);
      client.send(topic, Map.of("place", "desk 7"), "grüße 🎈\n\n");

      StockStomp.Received message = client.expect("message");
      assertThat(message.text()).isEqualTo("grüße 🎈\n\n");
      assertThat(message.header("place")).isEqualTo("desk 7");
      assertThat(message.header("destination")).isEqualTo(topic);
      assertThat(message.header("subscription")).isEqualTo("s");
    }
  }

  /** What webstomp-client passes on as it stands, or takes for the end of a frame. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBSTOMP")
  void signsThatStompItselfUsesComeBackToo(Stock stock) {
    try (StockStomp client = stock.connect()) {
      subscribe(client, topic);
      client.send(topic, Map.of("place", "a:b\\d"), "a\0b\0");

      StockStomp.Received message = client.expect("message");
      assertThat(message.text()).isEqualTo("a\0b\0");
      assertThat(message.header("place")).isEqualTo("a:b\\d");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReceiptSaysThatAMessageIsPublished(Stock stock) {
    try (StockStomp client = stock.connect()) {
      client.send(topic, Map.of("receipt", "published"), "kept");
      assertThat(client.expect("receipt").header("receipt-id")).isEqualTo("published");

      assertThat(Rest.json(ALICE.get(Rest.history(topic))).texts("messages", "body"))
          .containsExactly("kept");
    }
  }

  /** The text has characters of one and of two bytes, on both sides of where clients split it. */
  @ParameterizedTest
  @EnumSource
  void aMebibyteOfTextRoundTrips(Stock stock) {
    String text = "grün!?\n".repeat(MEBIBYTE / 8);
    try (StockStomp client = stock.connect()) {
      subscribe(client, topic);
      client.send(topic, Map.of(), text);

      StockStomp.Received message = client.expect("message");
      assertThat(message.body()).hasSize(MEBIBYTE);
      assertThat(message.text().equals(text)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBSTOMP")
  void aMebibyteOfBytesRoundTrips(Stock stock) {
    byte[] bytes = new byte[MEBIBYTE];
    new Random(7).nextBytes(bytes);
    try (StockStomp client = stock.connect()) {
      subscribe(client, topic);
      client.send(topic, Map.of(), bytes);

      assertThat(client.expect("message").body()).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void jobsAreDoneOrGivenBackOneByOne(Stock stock) {
    ALICE.publishAll(queue, List.of("1", "2", "3"));
    try (StockStomp client = stock.connect()) {
      client.subscribe(queue, Map.of("id", "s", "ack", "client-individual"));
      StockStomp.Received first = client.expect("message");
      StockStomp.Received second = client.expect("message");
      StockStomp.Received third = client.expect("message");
      assertThat(List.of(first.text(), second.text(), third.text())).containsExactly("1", "2", "3");
      assertThat(second.headers()).doesNotContainKey("redelivered");

      client.ack(third);
      client.nack(second);
      StockStomp.Received again = client.expect("message");
      assertThat(again.text()).isEqualTo("2");
      assertThat(again.header("redelivered")).isEqualTo("true");
      client.ack(again);
      client.ack(first);

      Await.until("every job to be done", () -> depth() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAckOfAllUpToOneIsCumulative(Stock stock) {
    ALICE.publishAll(queue, List.of("1", "2", "3"));
    try (StockStomp client = stock.connect()) {
      client.subscribe(queue, Map.of("id", "s", "ack", "client"));
      client.expect("message");
      client.expect("message");
      client.ack(client.expect("message"));

      Await.until("every job to be done", () -> depth() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPRING")
  void aTransactionIsAllOrNothing(Stock stock) {
    try (var client = (NodeStomp) stock.connect()) {
      subscribe(client, topic);
      client.transaction("begin", "dropped");
      client.send(topic, Map.of("transaction", "dropped"), "never");
      client.transaction("abort", "dropped");
      client.transaction("begin", "kept");
      client.send(topic, Map.of("transaction", "kept"), "second");
      client.send(topic, Map.of("transaction", "kept"), "third");
      client.send(topic, Map.of(), "first");
      client.transaction("commit", "kept");

      assertThat(client.expect("message").text()).isEqualTo("first");
      assertThat(client.expect("message").text()).isEqualTo("second");
      assertThat(client.expect("message").text()).isEqualTo("third");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUsersQueueIsOnAllOfTheUsersDevices(Stock stock) {
    String replies = "/user/queue/" + name;
    try (StockStomp phone = stock.connect();
        StockStomp desk = stock.connect();
        StockStomp stranger = stock.connect(Token.of("bob"))) {
      subscribe(phone, replies);
      subscribe(desk, replies);
      subscribe(stranger, replies);
      stranger.send("/user/alice/queue/" + name, Map.of(), "for alice");
      stranger.send("/user/bob/queue/" + name, Map.of(), "for bob");

      assertThat(phone.expect("message").text()).isEqualTo("for alice");
      assertThat(desk.expect("message").text()).isEqualTo("for alice");
      assertThat(stranger.expect("message").text()).isEqualTo("for bob");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMissedComesAfterThePositionThatTheClientNames(Stock stock) {
    String seen = ALICE.publish(topic, "seen");
    ALICE.publishAll(topic, List.of("missed", "missed too"));
    try (StockStomp client = stock.connect()) {
      client.subscribe(topic, Map.of("id", "s", "last-event-id", seen));

      assertThat(client.expect("message").text()).isEqualTo("missed");
      assertThat(client.expect("message").text()).isEqualTo("missed too");
      client.send(topic, Map.of(), "live");
      assertThat(client.expect("message").text()).isEqualTo("live");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalNamesWhatIsNotAllowed(Stock stock) {
    Token reader =
        Token.of("reader").claim("pharos", Map.of("subscribe", List.of("/topic/stock/**")));
    try (StockStomp client = stock.connect(reader)) {
      client.send(topic, Map.of(), "not mine to send");

      assertThat(client.expect("error").text()).contains(topic);
      client.expect("closed");
    }
  }

  private long depth() {
    return Rest.json(ALICE.get("/api/queues")).objects("queues").stream()
        .filter(each -> each.text("destination").equals(queue))
        .mapToLong(each -> each.number("depth") + each.number("pending"))
        .sum();
  }
}
