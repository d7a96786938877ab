package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock SockJS client with the stock STOMP client over it, by each transport that it has. */
class SockJsStockIT extends NodeTest {
  private static final Rest ALICE = Rest.of(node(), Token.of("alice"));
  private static final int MANY = 2_000;

  private static NodeJs nodeJs;

  private final String topic = "/topic/sockjs/" + UUID.randomUUID();

  @BeforeAll
  static void install() throws IOException {
    nodeJs = NodeJs.install();
  }

  private static StockStomp connect(String transport) {
    StockStomp client = NodeStomp.overSockJs(nodeJs, node(), Token.of("alice"), transport);
    assertThat(client.expect("connected").header("version")).isEqualTo("1.2");
    return client;
  }

  private void subscribe(StockStomp client, Map<String, String> more) {
    var headers = new java.util.LinkedHashMap<>(Map.of("id", "s", "receipt", "subscribed"));
    headers.putAll(more);
    client.subscribe(topic, headers);
    assertThat(client.expect("receipt").header("receipt-id")).isEqualTo("subscribed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
  void aMessageComesBackAsItWasSent(String transport) {
    try (StockStomp client = connect(transport)) {
      subscribe(client, Map.of());
      client.send(topic, Map.of("place", "desk 7"), "grüße 🎈\u2028\n\n</script>");

      StockStomp.Received message = client.expect("message");
      assertThat(message.text()).isEqualTo("grüße 🎈\u2028\n\n</script>");
      assertThat(message.header("place")).isEqualTo("desk 7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
  void manyMessagesComeInOrderAndNoneIsLost(String transport) {
    List<String> bodies = IntStream.range(0, MANY).mapToObj(i -> i + "x".repeat(100)).toList();
    try (StockStomp client = connect(transport)) {
      subscribe(client, Map.of());
      for (int from = 0; from < MANY; from += 100) {
        ALICE.publishAll(topic, bodies.subList(from, from + 100));
      }
      for (String body : bodies) {
        assertThat(client.expect("message").text()).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
  void whoeverComesBackGetsWhatWasMissedOnce(String transport) {
    String last;
    try (StockStomp client = connect(transport)) {
      subscribe(client, Map.of());
      ALICE.publishAll(topic, List.of("1", "2"));
      assertThat(client.expect("message").text()).isEqualTo("1");
      StockStomp.Received second = client.expect("message");
      assertThat(second.text()).isEqualTo("2");
      last = second.header("message-id");
    }
    ALICE.publishAll(topic, List.of("3", "4"));
    try (StockStomp client = connect(transport)) {
      subscribe(client, Map.of("last-event-id", last));
      ALICE.publish(topic, "5");
      for (String body : List.of("3", "4", "5")) {
        assertThat(client.expect("message").text()).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
  void aRefusalReachesTheClientBeforeTheClose(String transport) {
    Token reader =
        Token.of("reader").claim("pharos", Map.of("subscribe", List.of("/topic/sockjs/**")));
    try (StockStomp client = NodeStomp.overSockJs(nodeJs, node(), reader, transport)) {
      client.expect("connected");
      client.send(topic, Map.of(), "not mine to send");

      assertThat(client.expect("error").text()).contains(topic);
      client.expect("closed");
    }
  }
}
