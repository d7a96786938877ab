package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Publication;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A destination rests after its messages were handed out. The contract runs with a broker that
 * rests after nearly every message.
 */
class LingerTest extends MemoryBrokerContract {
  private static final Destination TOPIC = Destination.of("/topic/a");
  private static final Duration LONGEST = Duration.ofMillis(25);

  @Override
  Broker create(Function<Destination, HistoryLimits> limits) {
    var time = new AtomicLong();
    return new MemoryBroker(
        limits,
        clock,
        (steps, rest) -> Thread.ofVirtual().start(steps::all),
        new Linger(d -> LONGEST, () -> time.addAndGet(5_000_000)));
  }

  /** Steps that wait for the test to take them. */
  private record Due(HandOut steps, Duration rest) {}

  private final List<Due> due = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private Duration longest = LONGEST;
  private Duration handingOut = Duration.ZERO;
  private long now;

  private MemoryBroker resting() {
    var broker =
        new MemoryBroker(
            d -> new HistoryLimits(0, Duration.ofMinutes(5)),
            clock,
            (steps, rest) -> due.add(new Due(steps, rest)),
            new Linger(d -> longest, () -> now));
    broker.start(
        (destination, batch) -> {
          seen.add(texts(batch));
          pass(handingOut);
        });
    return broker;
  }

  private static String texts(List<Message> batch) {
    return batch.stream().map(message -> message.body().textOrNull()).toList().toString();
  }

  private static void publish(Broker broker, String... texts) {
    for (String text : texts) {
      broker.publish(List.of(Publication.text(TOPIC, text)));
    }
  }

  private Duration rest() {
    return due.getLast().rest();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** Takes what is due, at the end of its rest. */
  private void handOut() {
    Due last = due.removeLast();
    pass(last.rest());
    last.steps().all();
  }

  @Test
  void theFirstMessageWaitsForNothing() {
    try (var broker = resting()) {
      publish(broker, "a");

      assertThat(rest()).isZero();
    }
  }

  @Test
  void whatComesDuringTheRestLeavesTogether() {
    handingOut = Duration.ofMillis(4);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      pass(Duration.ofMillis(2));
      publish(broker, "b", "c");

      assertThat(due).hasSize(1);
      assertThat(rest()).isEqualTo(Duration.ofMillis(22));
      handOut();
      assertThat(seen).containsExactly("[a]", "[b, c]");
    }
  }

  @Test
  void theMoreMessagesLeftTogetherTheShorterIsTheRest() {
    try (var broker = resting()) {
      publish(broker, "a", "b", "c", "d");
      handingOut = Duration.ofMillis(4);
      handOut();
      publish(broker, "e");

      assertThat(rest()).isEqualTo(Duration.ofMillis(6));
    }
  }

  @Test
  void noRestIsLongerThanTheSettingSays() {
    handingOut = Duration.ofMillis(20);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      publish(broker, "b");

      assertThat(rest()).isEqualTo(LONGEST);
    }
  }

  @Test
  void whatComesTooSeldomToBeGatheredWaitsForNothing() {
    handingOut = Duration.ofMillis(14);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      for (int i = 1; i < 9; i++) {
        now = i * 33_000_000L;
        publish(broker, "x");
        // That nobody else comes is seen when a rest has gathered nothing.
        assertThat(rest()).isEqualTo(Duration.ofMillis(i == 1 ? 6 : 0));
        handOut();
      }
    }
  }

  @Test
  void whatComesOftenEnoughGoesOnBeingGathered() {
    handingOut = Duration.ofMillis(14);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      for (int i = 1; i < 9; i++) {
        publish(broker, "x");
        assertThat(rest()).isEqualTo(LONGEST);
        publish(broker, "y");
        handOut();
      }
    }
  }

  @Test
  void whatIsHandedOutAtOnceIsFollowedByNoRest() {
    handingOut = Duration.ofNanos(100_000);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      publish(broker, "b");

      assertThat(rest()).isZero();
    }
  }

  @Test
  void nothingWaitsAfterTheRest() {
    handingOut = Duration.ofMillis(4);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      pass(Duration.ofMillis(24));
      publish(broker, "b");

      assertThat(rest()).isZero();
    }
  }

  @Test
  void nothingWaitsWhereNothingIsToWait() {
    longest = Duration.ZERO;
    handingOut = Duration.ofMillis(4);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      publish(broker, "b");

      assertThat(rest()).isZero();
    }
  }

  @Test
  void whatComesWhileTheLastStepIsTakenWaitsForTheRest() {
    try (var broker = resting()) {
      broker.start(
          (destination, batch) -> {
            seen.add(texts(batch));
            pass(Duration.ofMillis(4));
            if (seen.size() == 1) {
              publish(broker, "b");
            }
          });
      publish(broker, "a");
      handOut();

      assertThat(rest()).isEqualTo(Duration.ofMillis(24));
      handOut();
      assertThat(seen).containsExactly("[a]", "[b]");
    }
  }

  @Test
  void enoughMessagesEndTheRest() {
    handingOut = Duration.ofMillis(4);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      publish(broker, "x".repeat(63).split(""));
      assertThat(due).hasSize(1);
      HandOut late = due.removeLast().steps();
      publish(broker, "y");

      assertThat(due).hasSize(1);
      assertThat(rest()).isZero();
      // The timer comes while the steps that it was for are under way, or before them.
      assertThat(late.step()).isFalse();
      handOut();
      assertThat(late.step()).isFalse();
      assertThat(seen).hasSize(2);
      assertThat(seen.getLast()).hasSize("[]".length() + 64 + 63 * ", ".length());
    }
  }

  @Test
  void enoughBytesEndTheRest() {
    handingOut = Duration.ofMillis(4);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      publish(broker, "x".repeat(1 << 16));

      assertThat(rest()).isZero();
    }
  }

  @Test
  void enoughThatComesWhileTheLastStepIsTakenFollowsAtOnce() {
    try (var broker = resting()) {
      broker.start(
          (destination, batch) -> {
            seen.add(texts(batch));
            pass(Duration.ofMillis(4));
            if (seen.size() == 1) {
              publish(broker, "x".repeat(64).split(""));
            }
          });
      publish(broker, "a");
      due.removeLast().steps().all();

      assertThat(due).isEmpty();
      assertThat(seen).hasSize(2);
    }
  }

  @Test
  void aFailureIsFollowedByARestAsWell() {
    try (var broker = resting()) {
      broker.start(
          (destination, batch) -> {
            seen.add(texts(batch));
            pass(Duration.ofMillis(2));
            if (seen.size() == 1) {
              throw new IllegalStateException("as the test wants it");
            }
          });
      publish(broker, "a");
      handOut();
      publish(broker, "b");

      assertThat(rest()).isEqualTo(Duration.ofMillis(12));
      handOut();
      assertThat(seen).containsExactly("[a]", "[b]");
    }
  }

  @Test
  void aRestThatEndsAfterTheBrokerHandsOutNothing() {
    handingOut = Duration.ofMillis(4);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      publish(broker, "b");
    }
    handOut();

    assertThat(seen).containsExactly("[a]");
  }

  @Test
  void nothingRestsAnyMoreBeforeTheEnd() {
    handingOut = Duration.ofMillis(4);
    try (var broker = resting()) {
      publish(broker, "a");
      handOut();
      publish(broker, "b");
      HandOut resting = due.removeLast().steps();

      broker.settle(Duration.ZERO);

      assertThat(rest()).isZero();
      handOut();
      assertThat(resting.step()).isFalse();
      publish(broker, "c");
      assertThat(rest()).isZero();
      handOut();
      broker.settle(Duration.ofDays(1));
      assertThat(seen).containsExactly("[a]", "[b]", "[c]");
    }
  }

  @Test
  void withThreadsAndTimersAllComesInOrder() throws Exception {
    int each = 3_000;
    var all = new CountDownLatch(4 * each);
    var offsets = new ArrayList<Long>();
    try (var timer = Executors.newSingleThreadScheduledExecutor();
        var threads = Executors.newFixedThreadPool(2);
        var broker =
            new MemoryBroker(
                d -> new HistoryLimits(10, Duration.ofMinutes(5)),
                Clock.systemUTC(),
                (steps, rest) -> {
                  Future<?> unused =
                      timer.schedule(
                          () -> threads.execute(steps::all), rest.toNanos(), TimeUnit.NANOSECONDS);
                },
                new Linger(d -> Duration.ofMillis(5), System::nanoTime))) {
      broker.start(
          (destination, batch) -> {
            // As long as it takes to hand out to some hundreds.
            LockSupport.parkNanos(500_000);
            for (Message message : batch) {
              offsets.add(message.position().offset());
              all.countDown();
            }
          });
      for (int i = 0; i < 4; i++) {
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int n = 0; n < each; n++) {
                    publish(broker, "x");
                  }
                });
      }

      assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
      broker.settle(Duration.ofSeconds(60));
    }
    assertThat(offsets)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 4L * each).boxed().toList());
  }
}
