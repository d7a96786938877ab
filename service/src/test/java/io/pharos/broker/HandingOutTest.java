package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract, kept by the log in memory that hands out behind its publishers. */
class HandingOutTest extends BrokerContract {
  private static final Destination TOPIC = Destination.of("/topic/a");

  private final VirtualClock clock = new VirtualClock();

  @Override
  Broker create(Function<Destination, HistoryLimits> limits) {
    return new MemoryBroker(limits, clock, steps -> Thread.ofVirtual().start(steps::all));
  }

  @Override
  Duration shortTtl() {
    return Duration.ofSeconds(30);
  }

  @Override
  void elapse(Duration time) {
    clock.advance(time);
  }

  @Test
  void whatComesMeanwhileGoesOutTogetherAndAPublisherWaitsForTheRest() throws Exception {
    int count = 1000;
    var batches = new ArrayList<List<Message>>();
    var taken = new Semaphore(0);
    var begun = new CountDownLatch(1);
    var all = new CountDownLatch(count);
    var stored = new Semaphore(0);
    try (var broker =
        new MemoryBroker(
            d -> new HistoryLimits(10, Duration.ofMinutes(5)),
            clock,
            steps -> Thread.ofVirtual().start(steps::all))) {
      broker.start(
          (destination, batch) -> {
            begun.countDown();
            taken.acquireUninterruptibly();
            batches.add(batch);
            batch.forEach(message -> all.countDown());
          });
      Thread publisher =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 1; i <= count; i++) {
                      broker.publish(List.of(Publication.text(TOPIC, Integer.toString(i))));
                      stored.release();
                    }
                  });
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      // The first batch, and 256 more; then the publisher waits.
      assertThat(stored.tryAcquire(257, 60, TimeUnit.SECONDS)).isTrue();
      while (publisher.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(broker.history(TOPIC, null, 0).top().offset()).isLessThan(count);

      taken.release(count);

      assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
      publisher.join();
    }
    assertThat(batches.stream().flatMap(List::stream).map(m -> m.body().textOrNull()))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    assertThat(batches.get(1)).hasSize(256);
  }
}
