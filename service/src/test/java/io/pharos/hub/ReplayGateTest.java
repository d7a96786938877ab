package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Delivery;
import io.pharos.session.FakeConnection;
import io.pharos.session.ManualExecutor;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may read history, and that every turn ends. A turn that is kept ends in the timeout. */
@Timeout(120)
class ReplayGateTest {
  private static final Destination A = Destination.of("/topic/a");
  private static final int MISSED = 20;

  private final RecordingMetrics metrics = new RecordingMetrics();
  private final ReplayGate gate = new ReplayGate(1, metrics);

  private final ManualExecutor executor = new ManualExecutor();
  private final ScriptedBroker broker = new ScriptedBroker(1000);
  private final List<Runnable> later = new ArrayList<>();
  private final Hub hub =
      new Hub(
          broker,
          executor,
          metrics,
          new ReplayLimits(4, 4, (e, task, attempt) -> later.add(task)),
          new DeliverySettings(destination -> Overflow.DISCONNECT, 1));

  /** Starts a thread that waits for a turn, and returns once it does. */
  private static Thread waiting(Runnable task) {
    Thread thread = Thread.ofPlatform().daemon().start(task);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private void enter() {
    try {
      gate.enter();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void turnsAreFirstComeFirstServed() throws Exception {
    var order = new LinkedBlockingQueue<Integer>();
    gate.enter();
    for (int i = 0; i < 3; i++) {
      int number = i;
      var unused =
          waiting(
              () -> {
                enter();
                order.add(number);
                gate.leave();
              });
    }
    assertThat(order).isEmpty();
    assertThat(metrics.delayed).isEqualTo(3);

    gate.leave();

    assertThat(List.of(order.take(), order.take(), order.take())).containsExactly(0, 1, 2);
  }

  @Test
  void whoIsInterruptedTakesNoTurn() throws Exception {
    var interrupted = new CountDownLatch(1);
    gate.enter();
    Thread waiting =
        waiting(
            () -> {
              try {
                gate.enter();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });

    waiting.interrupt();
    interrupted.await();
    gate.leave();

    gate.enter();
    assertThat(metrics.delayed).isEqualTo(1);
  }

  @Test
  void withoutABoundNobodyWaits() throws Exception {
    var open = new ReplayGate(0, metrics);
    for (int i = 0; i < 1000; i++) {
      open.enter();
    }
    assertThat(metrics.delayed).isZero();
  }

  private Session resume(FakeConnection connection, int outbox, Executor writers) {
    var limits = new SessionLimits(outbox, 1L << 40, Duration.ofSeconds(10));
    Session session =
        new SessionFactory(new Sessions(Clock.systemUTC()), hub, limits, writers, () -> 0, metrics)
            .open(connection);
    var start = new Position(broker.top(A).epoch(), 0);
    hub.subscribe(session, "s", DestinationPattern.of(A), Resume.after(start)).start();
    return session;
  }

  private Session resume(FakeConnection connection) {
    return resume(connection, 1000, executor);
  }

  private static List<Long> offsets(FakeConnection connection) {
    return connection.written().stream()
        .filter(Delivery.class::isInstance)
        .map(item -> ((Delivery) item).message().position().offset())
        .toList();
  }

  /** With the one turn that there is; a thread that has to wait for it would wait for itself. */
  private void assertThatOthersReplay() {
    var other = new FakeConnection();
    Session session = resume(other);
    executor.runAll();
    assertThat(offsets(other)).hasSize(MISSED).isSorted();
    session.close(CloseReason.CLIENT_DONE);
    executor.runAll();
    assertThat(metrics.delayed).isZero();
  }

  private void begin() {
    broker.start(hub);
    broker.publish(A, MISSED);
  }

  @Test
  void aClientThatDoesNotReadHoldsNoTurn() {
    begin();
    var slow = new FakeConnection();
    var writer = new ManualExecutor();
    Session session = resume(slow, 4, writer);
    executor.runAll();
    assertThat(session.backlog()).isPositive();

    assertThatOthersReplay();

    while (!writer.isIdle() || !executor.isIdle()) {
      writer.runAll();
      executor.runAll();
    }
    assertThat(offsets(slow)).hasSize(MISSED).isSorted();
  }

  @Test
  void aTurnEndsWhenTheSessionEndsWhileHistoryIsRead() {
    begin();
    var lost = new FakeConnection();
    Session session = resume(lost);
    broker.aroundHistory(() -> session.disconnected(CloseReason.CONNECTION_LOST));
    executor.runAll();
    broker.aroundHistory(() -> {});

    assertThat(lost.written()).isEmpty();
    assertThatOthersReplay();
  }

  @Test
  void aSessionThatHasEndedReadsNothing() {
    begin();
    Session session = resume(new FakeConnection());
    int reads = broker.reads();
    session.disconnected(CloseReason.CONNECTION_LOST);

    executor.runAll();

    assertThat(broker.reads()).isEqualTo(reads);
    assertThatOthersReplay();
  }

  @Test
  void aTurnEndsWhenTheBrokerIsAway() {
    begin();
    var patient = new FakeConnection();
    Session session = resume(patient);
    broker.goAway();
    executor.runAll();
    assertThat(session.isOpen()).isTrue();
    broker.comeBack();

    assertThatOthersReplay();
    assertThat(later).hasSize(1);
    later.getFirst().run();
    executor.runAll();
    assertThat(offsets(patient)).hasSize(MISSED).isSorted();
  }

  @Test
  void aTurnEndsWhenReadingFails() {
    begin();
    var faulty = new FakeConnection();
    Session session = resume(faulty);
    broker.aroundHistory(
        () -> {
          throw PharosException.badRequest("as the test wants it");
        });
    executor.runAll();
    broker.aroundHistory(() -> {});

    assertThat(session.isOpen()).isFalse();
    assertThat(metrics.closed).containsExactly(CloseReason.SERVER_ERROR);
    assertThatOthersReplay();
  }
}
