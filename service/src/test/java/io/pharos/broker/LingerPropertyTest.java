package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However publishers, timers and steps meet: everything is handed out, in order, one at a time. */
class LingerPropertyTest {
  private static final Destination TOPIC = Destination.of("/topic/a");

  /** One run, in which the numbers say what happens next. */
  private static final class Run implements BrokerListener {
    private final List<Integer> seen = new ArrayList<>();

    /** With the time from which each may be taken: later than that as well. */
    private record Due(HandOut steps, long from) {}

    private final List<Due> due = new ArrayList<>();
    private final MemoryBroker broker =
        new MemoryBroker(
            d -> new HistoryLimits(0, Duration.ofMinutes(5)),
            new VirtualClock(),
            (steps, rest) -> due.add(new Due(steps, this.now + rest.toNanos())),
            new Linger(d -> Duration.ofMillis(25), () -> this.now));
    private long now;
    private int published;
    private boolean under;

    Run() {
      broker.start(this);
    }

    @Override
    public void messages(Destination destination, List<Message> batch) {
      throw new AssertionError("it is handed out in steps");
    }

    @Override
    public HandOut handOut(Destination destination, List<Message> batch) {
      assertThat(under).as("another batch is under way").isFalse();
      assertThat(batch).isNotEmpty();
      under = true;
      var all = new ArrayList<>(batch);
      return new HandOut() {
        private int steps;

        @Override
        public boolean step() {
          steps++;
          under = steps < 3;
          if (!under) {
            all.forEach(each -> seen.add(Integer.valueOf(each.body().textOrNull())));
          }
          return under;
        }

        @Override
        public boolean add(List<Message> more) {
          return steps % 2 == 1 && all.addAll(more);
        }
      };
    }

    void act(int what) {
      switch (what % 4) {
        case 0 -> publish(1 + what / 4 % 5);
        case 1 -> publish(what / 4 % 80);
        case 2 -> now += what * 10_000L;
        default -> step(what / 4);
      }
    }

    private void publish(int count) {
      // A publisher would wait in vain: nobody else takes steps here.
      if (published - seen.size() < 150) {
        for (int i = 0; i < count; i++) {
          broker.publish(List.of(Publication.text(TOPIC, Integer.toString(published++))));
        }
      }
    }

    private void step(int which) {
      List<Due> ready = due.stream().filter(each -> each.from() <= now).toList();
      if (!ready.isEmpty()) {
        Due one = ready.get(which % ready.size());
        if (!one.steps().step()) {
          due.remove(one);
        }
      }
    }

    void end() {
      while (!due.isEmpty()) {
        now += 25_000_000;
        step(0);
      }
      broker.close();
    }
  }

  @Property
  void everythingIsHandedOutInOrderAndOneBatchAtATime(
      @ForAll @Size(max = 400) List<@IntRange(max = 1000) Integer> happenings) {
    var run = new Run();

    happenings.forEach(run::act);
    run.end();

    assertThat(run.seen)
        .containsExactlyElementsOf(IntStream.range(0, run.published).boxed().toList());
  }
}
