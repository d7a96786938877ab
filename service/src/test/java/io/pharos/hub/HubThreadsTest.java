package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.Broker;
import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Publication;
import io.pharos.session.Delivery;
import io.pharos.session.FakeConnection;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only real threads can show: replay beside live traffic, subscribing beside the end. */
@Timeout(300)
class HubThreadsTest {
  private static final Destination A = Destination.of("/topic/a");

  private final Executor threads = task -> Thread.ofVirtual().start(task);
  private final RecordingMetrics metrics = new RecordingMetrics();

  /** Writes once for each permit. */
  private static final class Gated extends FakeConnection {
    private final Semaphore permits = new Semaphore(0);
    private final CountDownLatch entered = new CountDownLatch(1);

    @Override
    public void write(List<Outgoing> batch) throws IOException {
      entered.countDown();
      permits.acquireUninterruptibly();
      super.write(batch);
    }

    List<Long> offsets() {
      return written().stream()
          .filter(Delivery.class::isInstance)
          .map(item -> ((Delivery) item).message().position().offset())
          .toList();
    }

    synchronized void await(int messages) throws InterruptedException {
      while (offsets().size() < messages) {
        wait();
      }
    }
  }

  private record Greeting(int weight) implements Outgoing {}

  private static MemoryBroker broker(int historySize) {
    return new MemoryBroker(
        d -> new HistoryLimits(historySize, Duration.ofMinutes(5)), Clock.systemUTC());
  }

  private Session open(Hub hub, FakeConnection connection, int outbox) {
    var limits = new SessionLimits(outbox, 1 << 20, Duration.ofSeconds(10));
    return new SessionFactory(
            new Sessions(Clock.systemUTC()), hub, limits, threads, System::nanoTime, metrics)
        .open(connection);
  }

  private static void publish(Broker broker, int count) {
    for (int i = 0; i < count; i++) {
      broker.publish(List.of(Publication.text(A, "x")));
    }
  }

  private static void assertAll(List<Long> offsets, long first, int count) {
    var expected = new ArrayList<Long>(count);
    for (long i = 0; i < count; i++) {
      expected.add(first + i);
    }
    assertThat(offsets).isEqualTo(expected);
  }

  @Test
  void aSlowClientGetsALongReplayWhileLiveMessagesComeAndIsNotCutOff() throws Exception {
    try (var broker = broker(20_000)) {
      var hub = new Hub(broker, threads, metrics);
      broker.start(hub);
      publish(broker, 10_000);
      var connection = new Gated();
      Session session = open(hub, connection, 100);
      var start = broker.history(A, null, 0).start();

      hub.subscribe(session, "s", DestinationPattern.of(A), Resume.after(start)).start();
      connection.entered.await();
      publish(broker, 500);
      assertThat(session.backlog()).isLessThanOrEqualTo(100);
      connection.permits.release(1_000_000);
      // Never more at once than the outbox has room for when the replay has filled half of it: the
      // client may be live by now.
      for (int received = 10_500; received < 11_000; received += 25) {
        publish(broker, 25);
        connection.await(received + 25);
      }

      assertAll(connection.offsets(), 1, 11_000);
      assertThat(metrics.gaps).isZero();
      assertThat(session.isOpen()).isTrue();
      publish(broker, 1);
      connection.await(11_001);
    }
  }

  @Test
  void releasingWhatWasHeldWaitsForTheClient() throws Exception {
    try (var broker = broker(0)) {
      var hub = new Hub(broker, threads, metrics);
      broker.start(hub);
      var connection = new Gated();
      Session session = open(hub, connection, 20);
      Feed feed = hub.subscribe(session, "s", DestinationPattern.of(A), Resume.NOW);
      session.offer(new Greeting(1));
      connection.entered.await();
      session.offer(new Greeting(2));
      publish(broker, 100);

      feed.start();
      connection.permits.release(1_000);
      connection.await(100);

      assertAll(connection.offsets(), 1, 100);
      assertThat(session.isOpen()).isTrue();
      assertThat(metrics.gaps).isZero();
    }
  }

  @Test
  void subscribingAndUnsubscribingOfOneSessionBesideEachOtherLeavesNothing() throws Exception {
    try (var broker = broker(0);
        var pool = Executors.newFixedThreadPool(4)) {
      var hub = new Hub(broker, threads, metrics);
      broker.start(hub);
      for (int round = 0; round < 50; round++) {
        Session session = open(hub, new FakeConnection(), 100);
        Callable<Boolean> work =
            () -> {
              for (int i = 0; i < 50; i++) {
                hub.subscribe(session, "s", DestinationPattern.of(A), Resume.NOW).close();
              }
              hub.subscribe(session, "s", DestinationPattern.of(A), Resume.NOW);
              return true;
            };
        for (var each : pool.invokeAll(List.of(work, work, work, work))) {
          assertThat(each.get()).isTrue();
        }
        assertThat(hub.subscriptions()).isEqualTo(4);

        hub.release(session);

        assertThat(hub.subscriptions()).isZero();
        assertThat(hub.subscribers()).isZero();
      }
    }
  }
}
