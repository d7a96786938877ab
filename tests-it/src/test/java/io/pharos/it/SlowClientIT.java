package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.SlowClient.Item;
import io.pharos.it.SlowClient.Item.Kind;
import io.pharos.it.SlowClient.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that does not read for a while, under each policy, beside one that reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientIT {
  /** Large enough that all messages together are more than sockets, outbox and backlog hold. */
  private static final String FILLING = "x".repeat(16 * 1024);

  private static final int MESSAGES = 600;

  /**
   * Both ends' sockets and one write: two megabytes. Linux alone would hold four for a client,
   * which it would be sent before it hears the reason.
   */
  private static final int HELD_FOR_A_CLIENT = 128;

  /** Of so many, half of an outbox holds more than one batch: whoever reads is never behind. */
  private static final int BATCH = 20;

  private static final int KEYS = 3;

  /** Together below the outbox's bytes, and far above its messages. */
  private static final int BURST = 3000;

  private static final int BURST_BATCH = 150;

  private JarNode node;
  private Metrics metrics;
  private Rest publisher;

  /**
   * However long the machine lets the test wait, no write is given up, and none counts as blocked:
   * a client is slow by its bytes alone.
   */
  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Path settings = Files.createDirectory(folder.resolve("settings"));
    Files.writeString(
        settings.resolve("overflow.properties"),
        """
        pharos.destination."/topic/dropping/**".overflow=drop-oldest
        pharos.destination."/topic/conflated/**".overflow=conflate
        """);
    node =
        JarNode.start(
            folder,
            "slow",
            Map.of(
                "VARIABLE_SOURCE_DIRS", settings.toString(),
                "PHAROS_OUTBOX_MESSAGES", "100",
                "PHAROS_OUTBOX_GRACE", "10m",
                "PHAROS_WRITE_TIMEOUT", "10m",
                "PHAROS_CLOSE_TIMEOUT", "10m"));
    metrics = new Metrics(node.uri());
    publisher = Rest.of(node.uri(), Token.of("publisher"));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private static String topic(String policy) {
    return "/topic/" + policy + "/" + UUID.randomUUID();
  }

  /**
   * Publishes everything, to a slow client that reads nothing, and a quick one that gets it all.
   */
  private void publish(String topic) throws IOException {
    try (var quick =
        EventStream.raw(
            node.uri(), EventStream.of(topic), "Authorization: " + Token.of("quick").bearer())) {
      quick.connected();
      for (int from = 1; from <= MESSAGES; from += BATCH) {
        publisher.publishBatch(
            IntStream.range(from, from + BATCH)
                .<Map<String, ?>>mapToObj(number -> message(topic, number))
                .toList());
        for (int number = from; number < from + BATCH; number++) {
          Event event = quick.next();
          assertThat(event.type()).isEqualTo("message");
          assertThat(event.data()).isEqualTo(body(number));
        }
      }
    }
  }

  private static Map<String, ?> message(String topic, int number) {
    return Map.of(
        "destination",
        topic,
        "body",
        body(number),
        "headers",
        Map.of("pharos-key", "k" + number % KEYS));
  }

  private static String body(long number) {
    return number + " " + FILLING;
  }

  /** Which message it is. */
  private static long number(Item message) {
    assertThat(message.kind()).isEqualTo(Kind.MESSAGE);
    long number = offset(message.position());
    assertThat(message.text()).isEqualTo(body(number));
    return number;
  }

  private static long offset(String position) {
    return Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
  }

  @ParameterizedTest
  @EnumSource
  void underDisconnectItHearsWhyAndComesBackToWhatItHasMissed(Transport transport)
      throws Exception {
    String topic = topic("plain");
    long closed = metrics.closed("SLOW_CONSUMER");
    long slow = metrics.slow("DISCONNECT");
    var received = new ArrayList<Long>();
    String last = "";
    try (SlowClient client = transport.subscribe(node.uri(), topic, "")) {
      publish(topic);
      Await.until("it to be cut off", () -> metrics.closed("SLOW_CONSUMER") == closed + 1);

      Item item = client.next();
      while (item != null && item.kind() == Kind.MESSAGE) {
        received.add(number(item));
        last = item.position();
        item = client.next();
      }

      assertThat(item).isEqualTo(transport.farewell(last));
      assertThat(client.next()).isNull();
      assertThat(client.closeCode()).isEqualTo(transport.closeCode());
    }
    Await.until("that to be counted", () -> metrics.slow("DISCONNECT") == slow + 1);
    assertThat(received).hasSizeBetween(1, HELD_FOR_A_CLIENT);
    try (SlowClient again = transport.subscribe(node.uri(), topic, last)) {
      while (received.size() < MESSAGES) {
        received.add(number(again.more(Kind.MESSAGE)));
      }
      assertThatItIsLive(again, topic);
    }
    assertThat(received).isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
    assertThat(metrics.closed("SLOW_CONSUMER")).isEqualTo(closed + 1);
  }

  @ParameterizedTest
  @EnumSource
  void underDropOldestItIsToldOfTheHoleAndStays(Transport transport) throws Exception {
    String topic = topic("dropping");
    long closed = metrics.closed("SLOW_CONSUMER");
    long slow = metrics.slow("DROP_OLDEST");
    long dropped = metrics.dropped();
    long gaps = metrics.gaps();
    try (SlowClient client = transport.subscribe(node.uri(), topic, "")) {
      publish(topic);

      long last = 0;
      long missed = 0;
      int told = 0;
      while (last < MESSAGES) {
        Item item = client.more();
        if (item.kind() == Kind.GAP) {
          assertThat(item.text()).contains("dropped because the client reads too slowly");
          long end = offset(item.position());
          assertThat(end).isGreaterThan(last);
          missed += end - last;
          last = end;
          told++;
        } else {
          assertThat(number(item)).isEqualTo(last + 1);
          last++;
        }
      }

      assertThat(missed).isPositive();
      assertThat(metrics.dropped() - dropped).isEqualTo(missed);
      long all = gaps + told;
      Await.until("gaps to be counted", () -> metrics.gaps() == all);
      assertThatItIsLive(client, topic);
    }
    assertThat(metrics.slow("DROP_OLDEST")).isGreaterThan(slow);
    assertThat(metrics.closed("SLOW_CONSUMER")).isEqualTo(closed);
  }

  @ParameterizedTest
  @EnumSource
  void underConflateItGetsTheNewestOfEachKeyAndNoGapButAllOfHistory(Transport transport)
      throws Exception {
    String topic = topic("conflated");
    long closed = metrics.closed("SLOW_CONSUMER");
    long slow = metrics.slow("CONFLATE");
    long conflated = metrics.conflated();
    try (SlowClient client = transport.subscribe(node.uri(), topic, "")) {
      publish(topic);

      Item first = client.more(Kind.MESSAGE);
      var received = new ArrayList<Long>(List.of(number(first)));
      while (received.getLast() < MESSAGES) {
        received.add(number(client.more(Kind.MESSAGE)));
      }

      assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeLessThan(MESSAGES);
      assertThat(received).endsWith(MESSAGES - 2L, MESSAGES - 1L, (long) MESSAGES);
      assertThat(metrics.conflated() - conflated).isEqualTo(MESSAGES - received.size());
      assertThatItIsLive(client, topic);
      assertThatAllAreSentAfter(first, transport, topic);
    }
    assertThat(metrics.slow("CONFLATE")).isGreaterThan(slow);
    assertThat(metrics.closed("SLOW_CONSUMER")).isEqualTo(closed);
  }

  private void assertThatAllAreSentAfter(Item first, Transport transport, String topic)
      throws IOException {
    try (SlowClient later = transport.subscribe(node.uri(), topic, first.position())) {
      for (long number = number(first) + 1; number <= MESSAGES + 1; number++) {
        assertThat(number(later.more(Kind.MESSAGE))).isEqualTo(number);
      }
    }
  }

  private void assertThatItIsLive(SlowClient client, String topic) throws IOException {
    publisher.publish(topic, body(MESSAGES + 1));
    assertThat(number(client.more(Kind.MESSAGE))).isEqualTo(MESSAGES + 1);
  }

  @ParameterizedTest
  @EnumSource
  void aBurstCutsOffNobodyWhoReads(Transport transport) throws Exception {
    String topic = topic("plain");
    long slow = metrics.slow("DISCONNECT");
    try (SlowClient client = transport.subscribe(node.uri(), topic, "")) {
      var burst = CompletableFuture.runAsync(() -> publishBurst(topic));

      for (int number = 1; number <= BURST; number++) {
        assertThat(client.more(Kind.MESSAGE).text()).isEqualTo("" + number);
      }
      burst.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(metrics.slow("DISCONNECT")).isEqualTo(slow);
  }

  private void publishBurst(String topic) {
    List<String> bodies = IntStream.rangeClosed(1, BURST).mapToObj(number -> "" + number).toList();
    for (int from = 0; from < BURST; from += BURST_BATCH) {
      publisher.publishAll(topic, bodies.subList(from, from + BURST_BATCH));
    }
  }
}
