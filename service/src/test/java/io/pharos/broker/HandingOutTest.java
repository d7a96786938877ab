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
class HandingOutTest extends MemoryBrokerContract {
  private static final Destination TOPIC = Destination.of("/topic/a");

  private static void inAnotherThread(HandOut steps, Duration rest) {
    Thread.ofVirtual().start(steps::all);
  }

  @Override
  Broker create(Function<Destination, HistoryLimits> limits) {
    return new MemoryBroker(limits, clock, HandingOutTest::inAnotherThread, Linger.NONE);
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
            HandingOutTest::inAnotherThread,
            Linger.NONE)) {
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

  /** Takes along what comes, as far as it may; writes down what each step had. */
  private static final class Rounds implements BrokerListener {
    private final List<String> seen = new ArrayList<>();
    private int refusals;
    private boolean fails;

    @Override
    public void messages(Destination destination, List<Message> batch) {
      throw new AssertionError("it is handed out in steps");
    }

    @Override
    public HandOut handOut(Destination destination, List<Message> batch) {
      var all = new ArrayList<>(batch);
      return new HandOut() {
        private int steps;

        @Override
        public boolean step() {
          steps++;
          seen.add(steps + ":" + all.stream().map(m -> m.body().textOrNull()).toList());
          if (fails && steps == 2) {
            throw new StackOverflowError("as the test wants it");
          }
          return steps < 3;
        }

        @Override
        public boolean add(List<Message> more) {
          if (refusals > 0) {
            refusals--;
            return false;
          }
          return all.addAll(more);
        }
      };
    }
  }

  private final List<HandOut> runs = new ArrayList<>();
  private final Rounds rounds = new Rounds();

  private MemoryBroker inSteps() {
    var broker =
        new MemoryBroker(
            d -> new HistoryLimits(0, Duration.ofMinutes(5)),
            clock,
            (steps, rest) -> runs.add(steps),
            Linger.NONE);
    broker.start(rounds);
    return broker;
  }

  private static void publish(Broker broker, String text) {
    broker.publish(List.of(Publication.text(TOPIC, text)));
  }

  @Test
  void whatComesBetweenStepsIsTakenAlongOrWaitsForTheLastOne() {
    try (var broker = inSteps()) {
      publish(broker, "a");
      HandOut run = runs.getFirst();
      assertThat(run.step()).isTrue();
      publish(broker, "b");
      assertThat(run.step()).isTrue();
      rounds.refusals = 1;
      publish(broker, "c");
      assertThat(run.step()).isTrue();
      publish(broker, "d");
      run.all();
      publish(broker, "e");

      assertThat(runs).hasSize(2);
      assertThat(rounds.seen)
          .containsExactly("1:[a]", "2:[a, b]", "3:[a, b]", "1:[c, d]", "2:[c, d]", "3:[c, d]");
    }
  }

  @Test
  void aFailureWithinStepsEndsThemAndNotWhatFollows() {
    try (var broker = inSteps()) {
      rounds.fails = true;
      publish(broker, "a");
      HandOut run = runs.getFirst();
      run.step();
      assertThat(run.step()).isFalse();
      rounds.fails = false;

      publish(broker, "b");
      runs.getLast().all();

      assertThat(rounds.seen).containsExactly("1:[a]", "2:[a]", "1:[b]", "2:[b]", "3:[b]");
    }
  }

  @Test
  void aPublisherThatWaitsGoesOnWhenItsMessagesAreTakenAlong() throws Exception {
    try (var broker = inSteps()) {
      publish(broker, "a");
      HandOut run = runs.getFirst();
      run.step();
      Thread publisher =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i <= 256; i++) {
                      publish(broker, "x");
                    }
                  });
      while (publisher.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }

      run.step();

      assertThat(publisher.join(Duration.ofSeconds(60))).isTrue();
    }
  }
}
