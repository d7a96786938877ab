package io.pharos.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.UserName;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only real threads can show: writes that block, waiting for room, wake-ups. */
@Timeout(120)
class SessionThreadsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final SessionLimits LIMITS =
      new SessionLimits(8, 1000, TIMEOUT, CLOSE_TIMEOUT, Duration.ZERO);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final RecordingSessionListener listener = new RecordingSessionListener();
  private final AtomicLong nanos = new AtomicLong();

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Blocks in its first write until it is released or closed. */
  private static final class Stalling extends FakeConnection {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean torn;

    @Override
    public void write(List<Outgoing> batch) throws IOException {
      entered.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (torn) {
        throw new IOException("closed while writing");
      }
      super.write(batch);
    }

    @Override
    public synchronized void close(CloseReason reason) {
      super.close(reason);
      torn = true;
      released.countDown();
      closed.countDown();
    }

    void awaitWrite() throws InterruptedException {
      assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
    }

    void awaitClose() throws InterruptedException {
      assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Session session(Connection connection) {
    return new Session("s1", connection, LIMITS, threads, nanos::get, listener);
  }

  @Test
  void aStalledWriteEndsTheSessionAndIsGivenUpLaterOnceAndFromAnotherThread() throws Exception {
    var connection = new Stalling();
    Session session = session(connection);
    session.offer(Item.of(1));
    connection.awaitWrite();
    session.offer(Item.of(2));

    nanos.addAndGet(TIMEOUT.toNanos());
    session.tick(Instant.EPOCH);
    assertThat(session.isOpen()).isTrue();
    nanos.addAndGet(2);
    session.tick(Instant.EPOCH);
    assertThat(session.isOpen()).isFalse();
    assertThat(session.backlog()).as("the farewell alone").isEqualTo(1);
    nanos.addAndGet(CLOSE_TIMEOUT.toNanos());
    session.tick(Instant.EPOCH);
    assertThat(session.isFinished()).isFalse();
    nanos.addAndGet(1);
    session.tick(Instant.EPOCH);
    session.tick(Instant.EPOCH);

    assertThat(session.isFinished()).isTrue();
    assertThat(session.backlog()).isZero();
    connection.awaitClose();
    nanos.addAndGet(CLOSE_TIMEOUT.toNanos() * 2);
    session.tick(Instant.EPOCH);
    stop();
    assertThat(connection.closes()).containsExactly(CloseReason.WRITE_STALLED);
    assertThat(connection.closers()).doesNotContain(Thread.currentThread());
    assertThat(listener.closed()).containsExactly(CloseReason.WRITE_STALLED);
    assertThat(listener.finished()).isEqualTo(1);
    assertThat(listener.wrote()).isZero();
  }

  @Test
  void whoeverReadsAgainAfterAStalledWriteGetsAllOfItAndThenTheReason() throws Exception {
    var connection = new Stalling();
    Session session = session(connection);
    session.offer(Item.of(1));
    connection.awaitWrite();
    session.offer(Item.of(2));
    nanos.addAndGet(TIMEOUT.toNanos() + 2);
    session.tick(Instant.EPOCH);
    nanos.addAndGet(CLOSE_TIMEOUT.toNanos());
    session.tick(Instant.EPOCH);

    connection.released.countDown();

    connection.awaitClose();
    assertThat(connection.written())
        .containsExactly(Item.of(1), new FakeConnection.Farewell(CloseReason.WRITE_STALLED));
    assertThat(connection.closes()).containsExactly(CloseReason.WRITE_STALLED);
  }

  @Test
  void aWriteThatBlocksAndAnEndThatDoesAreLookedAtWhenTheirTimeIsOver() throws Exception {
    var connection = new Stalling();
    Session session = session(connection);
    session.login(
        new Identity(new UserName("alice"), Rights.NONE, Instant.EPOCH.plusSeconds(3600), null));
    session.liveness().beatEvery(Duration.ofSeconds(30), Item.of(9));
    assertThat(session.tick(Instant.EPOCH)).isEqualTo(TIMEOUT.toNanos());
    nanos.addAndGet(100);
    session.offer(Item.of(1));
    connection.awaitWrite();
    nanos.addAndGet(1000);
    // The time of a write's begin is odd, to be never 0.
    assertThat(session.tick(Instant.EPOCH))
        .isBetween(TIMEOUT.toNanos() - 1000, TIMEOUT.toNanos() - 999);

    nanos.addAndGet(TIMEOUT.toNanos());
    assertThat(session.tick(Instant.EPOCH)).isEqualTo(CLOSE_TIMEOUT.toNanos());
    nanos.addAndGet(CLOSE_TIMEOUT.toNanos() - 1000);
    assertThat(session.tick(Instant.EPOCH)).isEqualTo(1000);
    connection.released.countDown();
    connection.awaitClose();
  }

  @Test
  void noWriteIsGivenUpBeforeItsOwnTimeIsOverHoweverShortTheEnd() throws Exception {
    var connection = new Stalling();
    var limits = new SessionLimits(8, 1000, TIMEOUT, TIMEOUT.dividedBy(10), Duration.ZERO);
    var session = new Session("s1", connection, limits, threads, nanos::get, listener);
    session.offer(Item.of(1));
    connection.awaitWrite();
    session.close(CloseReason.KICKED);
    nanos.addAndGet(TIMEOUT.toNanos());
    session.tick(Instant.EPOCH);
    assertThat(session.isFinished()).isFalse();

    nanos.addAndGet(2);
    session.tick(Instant.EPOCH);

    connection.awaitClose();
    assertThat(connection.closes()).containsExactly(CloseReason.KICKED);
  }

  @Test
  void aSlowConsumerWhoseWriteIsStuckIsGivenUpToo() throws Exception {
    var connection = new Stalling();
    Session session = session(connection);
    session.offer(Item.of(0));
    connection.awaitWrite();
    int taken = 0;
    while (session.offer(Item.of(++taken))) {}

    assertThat(taken).isEqualTo(9);
    assertThat(session.backlog()).as("the farewell alone").isEqualTo(1);
    nanos.addAndGet(CLOSE_TIMEOUT.toNanos() + 1);
    session.tick(Instant.EPOCH);

    connection.awaitClose();
    assertThat(connection.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
  }

  @Test
  void whatFollowsAStuckWriteWaitsForItAndThenLeavesAtOnce() throws Exception {
    var connection = new Stalling();
    Session session = session(connection);
    session.offer(Item.of(0));
    connection.awaitWrite();
    for (int i = 1; i <= 8; i++) {
      assertThat(session.offer(Item.of(i))).isTrue();
    }

    // In this order: a writer that is let go first may have taken the items before the farewell.
    session.close(CloseReason.CLIENT_DONE);
    connection.released.countDown();
    connection.awaitClose();

    assertThat(connection.writes()).hasSize(2);
    assertThat(connection.written()).hasSize(10);
  }

  @Test
  void replayWaitsForRoomAndGoesOnWhenTheClientReads() throws Exception {
    var connection = new Stalling();
    Session session = session(connection);
    session.offer(Item.of(0));
    connection.awaitWrite();
    Future<Integer> replay =
        threads.submit(
            () -> {
              int count = 0;
              while (count < 100 && session.offerWhenRoom(Item.of(count + 1))) {
                count++;
              }
              return count;
            });
    while (session.backlog() < 5) {
      Thread.onSpinWait();
    }
    assertThat(replay.isDone()).isFalse();

    connection.released.countDown();

    assertThat(replay.get(60, TimeUnit.SECONDS)).isEqualTo(100);
    assertThat(session.isOpen()).isTrue();
    session.close(CloseReason.CLIENT_DONE);
    connection.awaitClose();
    assertThat(connection.written()).hasSize(102);
  }

  @Test
  void replayOfLargeMessagesWaitsInsteadOfCuttingTheClientOff() throws Exception {
    var connection = new Stalling();
    Session session = session(connection);
    session.offer(Item.of(0));
    connection.awaitWrite();
    session.offer(new Item(1, 400));
    Future<Boolean> replay =
        threads.submit(
            () ->
                session.offerWhenRoom(new Item(2, 700))
                    && session.offerWhenRoom(new Item(3, 5000)));

    connection.released.countDown();

    assertThat(replay.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void whoWaitsForRoomIsWokenByTheEnd() throws Exception {
    for (CloseReason reason : List.of(CloseReason.KICKED, CloseReason.CONNECTION_LOST)) {
      var connection = new Stalling();
      Session session = session(connection);
      session.offer(Item.of(0));
      connection.awaitWrite();
      for (int i = 1; i <= 5; i++) {
        session.offer(Item.of(i));
      }
      var waiting = new CountDownLatch(1);
      Future<Boolean> replay =
          threads.submit(
              () -> {
                waiting.countDown();
                return session.offerWhenRoom(Item.of(6));
              });
      assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();

      if (reason == CloseReason.KICKED) {
        session.close(reason);
      } else {
        session.disconnected(reason);
      }

      assertThat(replay.get(60, TimeUnit.SECONDS)).isFalse();
      connection.released.countDown();
    }
  }

  @Test
  void noItemIsLostDuplicatedOrLeftBehindUnderManyOfferers() throws Exception {
    int offerers = 4;
    int each = 5_000;
    var connection = new FakeConnection();
    Session session = session(connection);
    var all = new ArrayList<Future<?>>();
    for (int o = 0; o < offerers; o++) {
      int base = o * each;
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  assertThat(session.offerWhenRoom(Item.of(base + i))).isTrue();
                }
                return true;
              }));
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    synchronized (connection) {
      while (connection.written().size() < offerers * each) {
        // Woken by each write; a lost wake-up of the writer would end in the test's timeout.
        connection.wait();
      }
    }

    List<Integer> numbers =
        connection.written().stream().map(item -> ((Item) item).number()).toList();
    assertThat(numbers).hasSize(offerers * each).doesNotHaveDuplicates();
    for (int o = 0; o < offerers; o++) {
      int owner = o;
      assertThat(numbers.stream().filter(n -> n / each == owner)).isSorted();
    }
    assertThat(session.backlog()).isZero();
  }
}
