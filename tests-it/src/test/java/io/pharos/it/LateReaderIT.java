package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.SlowClient.Item;
import io.pharos.it.SlowClient.Item.Kind;
import io.pharos.it.SlowClient.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that reads again when it has been cut off long ago, as a laptop that wakes up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateReaderIT {
  /** Large enough that all messages together are more than the operating system holds. */
  private static final String FILLING = "x".repeat(16 * 1024);

  private static final int MESSAGES = 600;
  private static final int BATCH = 20;

  /**
   * More than the container waits for a write to end before it closes a WebSocket under it. That
   * time has to pass: nobody can move the container's clock.
   */
  private static final Duration LATE = Duration.ofSeconds(7);

  private JarNode node;
  private Metrics metrics;
  private Rest publisher;

  /** Writes may block for a short time, and as much as there is may wait. */
  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    node =
        JarNode.start(
            folder,
            "late",
            Map.of(
                "PHAROS_OUTBOX_MESSAGES", "100000",
                "PHAROS_OUTBOX_BYTES", "1GiB",
                "PHAROS_WRITE_TIMEOUT", "5s",
                "PHAROS_CLOSE_TIMEOUT", "10m"));
    metrics = new Metrics(node.uri());
    publisher = Rest.of(node.uri(), Token.of("publisher"));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private void publish(String topic) {
    for (int from = 1; from <= MESSAGES; from += BATCH) {
      publisher.publishAll(
          topic, IntStream.range(from, from + BATCH).mapToObj(LateReaderIT::body).toList());
    }
  }

  private static String body(long number) {
    return number + " " + FILLING;
  }

  private static long number(Item message) {
    assertThat(message.kind()).isEqualTo(Kind.MESSAGE);
    assertThat(message.text()).isEqualTo(body(message.offset()));
    return message.offset();
  }

  @ParameterizedTest
  @EnumSource(names = {"STOMP", "SOCKJS"})
  void byWebSocketItFindsWholeMessagesAndTheReasonAndComesBackToWhatItHasMissed(Transport transport)
      throws Exception {
    String topic = "/topic/late/" + UUID.randomUUID();
    long stalled = metrics.closed("WRITE_STALLED");
    var received = new ArrayList<Long>();
    String last = "";
    try (SlowClient client = transport.subscribe(node.uri(), topic, "")) {
      publish(topic);
      Await.until("it to be cut off", () -> metrics.closed("WRITE_STALLED") == stalled + 1);
      assertThat(subscribers(topic)).isEmpty();
      Thread.sleep(LATE);

      Item item = client.more();
      while (item.kind() == Kind.MESSAGE) {
        received.add(number(item));
        last = item.position();
        item = client.more();
      }

      assertThat(item.kind()).isEqualTo(Kind.REASON);
      assertThat(item.text()).startsWith("WRITE_STALLED: ");
      assertThat(item.position()).isEqualTo(last);
      assertThat(client.next()).isNull();
      assertThat(client.closeCode()).isEqualTo(1013);
    }
    assertThat(received).hasSizeBetween(1, MESSAGES - 1);
    try (SlowClient again = transport.subscribe(node.uri(), topic, last)) {
      while (received.size() < MESSAGES) {
        received.add(number(again.more(Kind.MESSAGE)));
      }
    }
    assertThat(received).isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
  }

  private List<String> subscribers(String topic) {
    return Rest.json(publisher.get("/api/presence?destination=" + topic))
        .texts("subscribers", "user");
  }

  @Test
  void anEventStreamFindsTheEndOfItsConnection() throws Exception {
    String topic = "/topic/late/" + UUID.randomUUID();
    long stalled = metrics.closed("WRITE_STALLED");
    long last = 0;
    try (SlowClient client = Transport.SSE.subscribe(node.uri(), topic, "")) {
      publish(topic);
      Await.until("it to be cut off", () -> metrics.closed("WRITE_STALLED") == stalled + 1);

      last = readToTheEnd(client);
    }
    assertThat(last).isBetween(1L, MESSAGES - 1L);
  }

  /** Which message was the last; the end may come in the middle of one. */
  private static long readToTheEnd(SlowClient client) {
    long last = 0;
    try {
      for (Item item = client.next(); item != null && isWhole(item); item = client.next()) {
        assertThat(number(item)).isEqualTo(++last);
      }
    } catch (EOFException | SocketException e) {
      return last;
    } catch (IOException e) {
      throw new AssertionError("no end", e);
    }
    return last;
  }

  private static boolean isWhole(Item item) {
    return item.kind() == Kind.MESSAGE && item.text().endsWith(FILLING);
  }
}
