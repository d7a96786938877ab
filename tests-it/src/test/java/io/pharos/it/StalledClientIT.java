package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One client that has stopped reading, among many that have not. */
class StalledClientIT extends NodeTest {
  private static final int OTHERS = 49;
  private static final int MESSAGES = 400;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Large enough that all messages together are more than sockets and outbox hold. */
  private static final int SIZE = 16 * 1024;

  /** Far above what is measured, below what a stalled write takes. */
  private static final long IN_TIME_MILLIS = 12_000;

  private final String topic = "/topic/stalled/" + UUID.randomUUID();
  private final Metrics metrics = new Metrics(node());

  @BeforeEach
  void nobodyIsConnected() {
    Await.until("earlier sessions to end", () -> metrics.open() == 0);
  }

  /** How the one that stalls is connected. */
  enum Transport {
    SSE("io.pharos.web.EventStreamSink.write") {
      @Override
      RawHttp subscribe(String topic) throws IOException {
        RawHttp client = RawHttp.connectNarrow(node());
        client.request(
            "GET", EventStream.of(topic), "Authorization: " + Token.of("stalled").bearer());
        client.head();
        return client;
      }
    },
    STOMP("io.pharos.web.BlockingSocket.send") {
      @Override
      RawHttp subscribe(String topic) throws IOException {
        RawHttp client = RawHttp.connectNarrow(node());
        client.upgrade("Authorization: " + Token.of("stalled").bearer());
        client.head();
        client.send(masked("CONNECT\naccept-version:1.2\nhost:x\n\n\0"));
        client.send(masked("SUBSCRIBE\nid:s\ndestination:" + topic + "\n\n\0"));
        return client;
      }
    };

    private final String writing;

    Transport(String writing) {
      this.writing = writing;
    }

    /** Connects and subscribes, and reads no more after that. */
    abstract RawHttp subscribe(String topic) throws IOException;

    /** A text message as clients have to send it (RFC 6455, section 5.2), with a mask of zeroes. */
    private static byte[] masked(String text) {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(8 + payload.length)
          .put((byte) 0x81)
          .put((byte) (0x80 | 126))
          .putShort((short) payload.length)
          .putInt(0)
          .put(payload)
          .array();
    }
  }

  @ParameterizedTest
  @EnumSource
  void othersGetEverythingInTimeAndTheStalledOneIsCutOff(Transport transport) throws Exception {
    long before = cutOff();
    List<EventStream> others = new ArrayList<>();
    try (RawHttp stalled = transport.subscribe(topic)) {
      for (int i = 0; i < OTHERS; i++) {
        others.add(
            EventStream.raw(
                node(), EventStream.of(topic), "Authorization: " + Token.of("u" + i).bearer()));
        others.getLast().connected();
      }
      Await.until("the stalled client's subscription", () -> subscribers().contains("stalled"));
      assertThat(metrics.open()).isEqualTo(OTHERS + 1);

      List<Long> delays = publishAndMeasure(others);

      assertThat(Collections.max(delays)).isLessThan(IN_TIME_MILLIS);
      Await.until("the stalled client to be cut off", () -> cutOff() == before + 1);
      Await.until("its session to end", () -> metrics.open() == OTHERS);
      Await.until(
          () -> "its writer to end: " + writers(transport),
          Await.PATIENCE,
          () -> writers(transport).isEmpty());
      Await.until("its messages to be dropped", () -> waitingMessages() == 0);
      assertThat(stalled).isNotNull();
    } finally {
      others.forEach(EventStream::close);
    }
    Await.until(
        () ->
            metrics.open()
                + " sessions to end, with "
                + jvmThreads("io.pharos.session.Writer.write"),
        Await.PATIENCE,
        () -> metrics.open() == 0);
  }

  private List<String> subscribers() {
    return Rest.json(Rest.of(node(), Token.of("u")).get("/api/presence?destination=" + topic))
        .texts("subscribers", "user");
  }

  private long cutOff() {
    return metrics.closed("SLOW_CONSUMER") + metrics.closed("WRITE_STALLED");
  }

  /** How many messages the node holds for clients that have not got them. */
  private static long waitingMessages() {
    try {
      return jvm().instances("io.pharos.session.Delivery");
    } catch (IOException e) {
      throw new AssertionError("no histogram", e);
    }
  }

  private static List<String> writers(Transport transport) {
    return jvmThreads(transport.writing);
  }

  private static List<String> jvmThreads(String method) {
    try {
      return jvm().threadsIn(method);
    } catch (IOException e) {
      throw new AssertionError("no thread dump", e);
    }
  }

  /**
   * Publishes with pauses, without making up for time that was lost: a burst might be more than an
   * outbox holds. How long each message took to each of the others, in ms.
   */
  private List<Long> publishAndMeasure(List<EventStream> others) throws Exception {
    var delays = Collections.synchronizedList(new ArrayList<Long>());
    List<Thread> readers =
        others.stream()
            .map(stream -> Thread.ofVirtual().start(() -> measure(stream, delays)))
            .toList();
    Rest publisher = Rest.of(node(), Token.of("publisher"));
    String filling = "x".repeat(SIZE);
    var sent = new AtomicInteger();
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      var unused =
          timer.scheduleWithFixedDelay(
              () -> {
                if (sent.getAndIncrement() < MESSAGES) {
                  publisher.publish(topic, System.nanoTime() + " " + filling);
                }
              },
              0,
              PAUSE.toMillis(),
              TimeUnit.MILLISECONDS);
      Await.until(
          () -> delays.size() + " deliveries of " + OTHERS * MESSAGES,
          Duration.ofMinutes(3),
          () -> delays.size() == OTHERS * MESSAGES);
      timer.shutdownNow();
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return List.copyOf(delays);
  }

  private static void measure(EventStream stream, List<Long> delays) {
    IntStream.range(0, MESSAGES)
        .forEach(
            i -> {
              String body = stream.next().data();
              long published = Long.parseLong(body.substring(0, body.indexOf(' ')));
              delays.add((System.nanoTime() - published) / 1_000_000);
            });
  }
}
