package io.pharos.queue;

import static io.pharos.message.Outcome.ACKNOWLEDGED;
import static io.pharos.message.Outcome.REJECTED;
import static io.pharos.message.Outcome.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.broker.VirtualClock;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryWorkQueuesTest extends WorkQueuesContract {
  private final VirtualClock clock = new VirtualClock();
  private final RecordingQueueMetrics metrics = new RecordingQueueMetrics();

  @Override
  WorkQueues create(QueueLimits limits) {
    return new MemoryWorkQueues(limits, clock, metrics, 5);
  }

  @Override
  Duration ttl() {
    return Duration.ofMinutes(1);
  }

  @Override
  void elapse(Duration time) {
    clock.advance(time);
  }

  private MemoryWorkQueues memory() {
    return (MemoryWorkQueues) queues();
  }

  private void publish(String... bodies) {
    var batch = new ArrayList<Publication>();
    for (String body : bodies) {
      batch.add(Publication.text(WORK, body));
    }
    memory().publish(batch);
  }

  @Test
  void consumersAreServedInTurnAsLongAsTheyHaveRoom() {
    var narrow = new TestConsumer(memory(), WORK, 1);
    var wide = new TestConsumer(memory(), WORK, 50);

    publish("1", "2", "3", "4", "5");

    assertThat(narrow.untaken()).extracting(TestConsumer::body).containsExactly("1");
    assertThat(wide.untaken()).extracting(TestConsumer::body).containsExactly("2", "3", "4", "5");
    wide.settle(wide.untaken().getFirst(), ACKNOWLEDGED);
    narrow.settle(narrow.untaken().getFirst(), ACKNOWLEDGED);
    publish("6", "7");
    assertThat(narrow.untaken()).hasSize(2);
    assertThat(wide.untaken()).hasSize(5);
  }

  @Test
  void everyEndOfAMessageIsCounted() throws Exception {
    var consumer = new TestConsumer(memory(), WORK, 1);
    publish("1", "2", "3");
    consumer.settle(consumer.take("1"), ACKNOWLEDGED);
    consumer.settle(consumer.take("2"), REJECTED);
    consumer.settle(consumer.take("3"), RETURNED);
    consumer.take("3");
    var dead = new TestConsumer(memory(), DeadLetters.of(WORK), 1);
    dead.settle(dead.take("2"), REJECTED);

    assertThat(metrics.counts)
        .containsEntry("leased", 4)
        .containsEntry("redelivered", 1)
        .containsEntry("acknowledged", 1)
        .containsEntry("deadLettered", 1)
        .containsEntry("discarded", 1)
        .doesNotContainKey("expired");
  }

  @Test
  void sweepingForgetsWhatIsTooOldAndQueuesThatNobodyUses() {
    publish("1");
    clock.advance(Duration.ofDays(8));
    memory().sweep();
    assertThat(metrics.counts).containsEntry("expired", 1);

    for (int i = 0; i < 4; i++) {
      memory().attach(Destination.of("/queue/" + i), 1, lease -> {}).close();
    }
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> memory().attach(Destination.of("/queue/more"), 1, lease -> {}))
        .satisfies(e -> assertThat(e.code()).isEqualTo(PharosException.Code.LIMIT_EXCEEDED));

    clock.advance(MemoryWorkQueues.IDLE.plusSeconds(1));
    memory().sweep();

    memory().attach(Destination.of("/queue/more"), 1, lease -> {});
    publish("2");
    assertThat(memory().status()).hasSize(2);
  }

  @Test
  void aClockThatGoesBackEndsNothing() throws Exception {
    publish("1");
    clock.advance(Duration.ofDays(-30));
    publish("2");

    var consumer = new TestConsumer(memory(), WORK, 5);

    consumer.take("1");
    assertThat(consumer.take("2").message().timestamp())
        .isEqualTo(clock.instant().plus(Duration.ofDays(30)));
  }

  @Test
  void aConsumerThatFailsOrSettlesAtOnceHarmsNobody() {
    var consumer = new AtomicReference<QueueConsumer>();
    var bodies = new ArrayList<String>();
    consumer.set(
        memory()
            .attach(
                WORK,
                1,
                lease -> {
                  bodies.add(TestConsumer.body(lease));
                  consumer.get().settle(List.of(lease.tag()), ACKNOWLEDGED);
                  if (bodies.size() == 2) {
                    throw new IllegalStateException("as the test wants it");
                  }
                }));

    publish("1", "2", "3", "4");

    assertThat(bodies).containsExactly("1", "2", "3", "4");
    assertThat(memory().status()).containsExactly(new QueueStatus(WORK, 0, 0, 1));
  }

  @Test
  void manyThreadsHandEachMessageToOneConsumerAtATime() throws Exception {
    int count = 20_000;
    var queues =
        new MemoryWorkQueues(new QueueLimits(count, Duration.ofDays(1), 1000), clock, metrics);
    Set<String> held = ConcurrentHashMap.newKeySet();
    Set<String> done = ConcurrentHashMap.newKeySet();
    var faults = new ConcurrentHashMap<String, String>();
    var all = new CountDownLatch(count);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < 6; c++) {
        int number = c;
        var consumer = new AtomicReference<QueueConsumer>();
        var attached = new CountDownLatch(1);
        consumer.set(
            queues.attach(
                WORK,
                10,
                lease -> {
                  String id = lease.message().position().toString();
                  if (!held.add(id) || done.contains(id)) {
                    faults.put(id, "held twice");
                  }
                  threads.execute(
                      () -> {
                        awaitQuietly(attached);
                        held.remove(id);
                        boolean give = (lease.tag() + number) % 7 == 0;
                        if (!give && done.add(id)) {
                          all.countDown();
                        }
                        consumer.get().settle(List.of(lease.tag()), give ? RETURNED : ACKNOWLEDGED);
                      });
                }));
        attached.countDown();
      }
      for (int p = 0; p < 4; p++) {
        threads.execute(
            () -> {
              for (int i = 0; i < count / 4; i++) {
                queues.publish(List.of(Publication.text(WORK, "x")));
              }
            });
      }
      assertThat(all.await(120, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(faults).isEmpty();
    assertThat(queues.status()).containsExactly(new QueueStatus(WORK, 0, 0, 6));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
