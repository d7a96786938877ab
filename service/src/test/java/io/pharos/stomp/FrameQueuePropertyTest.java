package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Frames of one session, of which some run application code whenever its thread has time. */
class FrameQueuePropertyTest {
  enum Step {
    FRAME,
    FRAME_FOR_A_HANDLER,
    HANDLER_HAS_TIME
  }

  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Integer> done = new ArrayList<>();
  private final FrameQueue queue =
      new FrameQueue(tasks::add, new FrameQueueLimits(1000, 1 << 20, Duration.ZERO), () -> true);
  private int frames;
  private int atWork;

  private Runnable next() {
    int number = frames++;
    return () -> {
      assertThat(++atWork).isEqualTo(1);
      done.add(number);
      atWork--;
    };
  }

  private void work() {
    if (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }

  @Property
  void framesAreWorkedOnOneAtATimeInTheirOrder(@ForAll @Size(max = 50) List<Step> steps) {
    for (Step step : steps) {
      switch (step) {
        case FRAME -> queue.run(1, next());
        case FRAME_FOR_A_HANDLER -> queue.runApart(1, next());
        case HANDLER_HAS_TIME -> work();
      }
      assertThat(tasks).hasSizeLessThanOrEqualTo(1);
    }
    work();

    assertThat(tasks).isEmpty();
    assertThat(done).isEqualTo(IntStream.range(0, frames).boxed().toList());
  }
}
