package io.pharos.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterThreadsTest {
  private static final int PLACES = 2;

  private final WriterThreads threads = new WriterThreads(PLACES);

  @AfterEach
  void close() {
    threads.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyTaskRunsOnceWhoeverGivesIt() throws Exception {
    int givers = 8;
    int each = 20_000;
    var runs = new AtomicInteger[givers * each];
    var left = new CountDownLatch(runs.length);
    List<Thread> all =
        IntStream.range(0, givers)
            .mapToObj(
                giver ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int i = giver * each; i < (giver + 1) * each; i++) {
                                var run = new AtomicInteger();
                                runs[i] = run;
                                threads.execute(
                                    () -> {
                                      run.incrementAndGet();
                                      left.countDown();
                                    });
                              }
                            }))
            .toList();
    for (Thread giver : all) {
      giver.join();
    }
    await(left);
    assertThat(runs).allMatch(run -> run.get() == 1);
  }

  @Test
  void tasksOfOnePlaceRunInTheOrderGiven() {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    var left = new CountDownLatch(1000);
    try (var one = new WriterThreads(1)) {
      for (int i = 0; i < 1000; i++) {
        int number = i;
        one.execute(
            () -> {
              order.add(number);
              left.countDown();
            });
      }
      await(left);
    }
    assertThat(order).isEqualTo(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void tasksBehindManyThatBlockRunAllTheSame() {
    int blocked = 500;
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(blocked);
    var ended = new CountDownLatch(blocked);
    for (int i = 0; i < blocked; i++) {
      threads.execute(
          () -> {
            begun.countDown();
            await(gate);
            ended.countDown();
          });
    }
    var behind = new CountDownLatch(1);
    threads.execute(behind::countDown);

    await(behind);
    await(begun);
    gate.countDown();

    await(ended);
    var afterwards = new CountDownLatch(1);
    threads.execute(afterwards::countDown);
    await(afterwards);
  }

  @Test
  void aTaskThatComesWhileAllPlacesBlockRuns() {
    comesWhileAllPlacesBlock();
  }

  private void comesWhileAllPlacesBlock() {
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(PLACES);
    for (int i = 0; i < PLACES; i++) {
      threads.execute(
          () -> {
            begun.countDown();
            await(gate);
          });
    }
    await(begun);
    var later = new CountDownLatch(1);

    threads.execute(later::countDown);

    await(later);
    gate.countDown();
  }

  @Test
  void aTaskThatFailsIsNotTheEnd() {
    var left = new CountDownLatch(10);
    for (int i = 0; i < 10; i++) {
      threads.execute(
          () -> {
            left.countDown();
            throw new IllegalStateException("for the log");
          });
    }
    await(left);
  }

  @Test
  void anInterruptReachesNoOtherTask() {
    var seen = new AtomicBoolean();
    var left = new CountDownLatch(1);
    try (var one = new WriterThreads(1)) {
      one.execute(() -> Thread.currentThread().interrupt());
      one.execute(
          () -> {
            seen.set(Thread.currentThread().isInterrupted());
            left.countDown();
          });
      await(left);
    }
    assertThat(seen).isFalse();
  }

  @Test
  void aStepsTasksFollowItInTheSameThread() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var runners = Collections.synchronizedSet(new HashSet<Thread>());
    var left = new CountDownLatch(1);
    var one = new WriterThreads(1);
    // Nobody is to think that a task blocks, however long the machine takes for it.
    one.close();
    var steps = new AtomicInteger();
    one.executeInSteps(
        () -> {
          int step = steps.incrementAndGet();
          runners.add(Thread.currentThread());
          one.execute(() -> order.add(step + "a"));
          one.execute(
              () -> {
                order.add(step + "b");
                runners.add(Thread.currentThread());
              });
          order.add("step " + step);
          if (step == 3) {
            one.execute(left::countDown);
          }
          return step < 3;
        });
    await(left);
    assertThat(order)
        .containsExactly("step 1", "1a", "1b", "step 2", "2a", "2b", "step 3", "3a", "3b");
    assertThat(runners).hasSize(1);
  }

  @Test
  void otherTasksPassBetweenSteps() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var left = new CountDownLatch(2);
    try (var one = new WriterThreads(1)) {
      var steps = new AtomicInteger();
      one.executeInSteps(
          () -> {
            int step = steps.incrementAndGet();
            order.add("step " + step);
            if (step == 1) {
              // From elsewhere: what the step itself submits follows it.
              Thread other = Thread.ofPlatform().start(() -> one.execute(() -> order.add("other")));
              join(other);
            }
            left.countDown();
            return step < 2;
          });
      await(left);
    }
    assertThat(order).containsExactly("step 1", "other", "step 2");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void behindATaskThatBlocksTheRestOfItsStepAndAllOtherStepsRun() {
    int steps = 50;
    int each = 20;
    var gate = new CountDownLatch(1);
    var behind = new CountDownLatch(steps * (each - 1));
    var ended = new CountDownLatch(steps);
    var step = new AtomicInteger();
    threads.executeInSteps(
        () -> {
          int number = step.getAndIncrement();
          for (int i = 0; i < each; i++) {
            boolean blocks = i == number % each;
            threads.execute(
                () -> {
                  if (blocks) {
                    await(gate);
                    ended.countDown();
                  } else {
                    behind.countDown();
                  }
                });
          }
          return number + 1 < steps;
        });

    await(behind);
    gate.countDown();

    await(ended);
  }

  @Test
  void tasksBehindManyOfTheirStepThatBlockRunAllTheSame() {
    int each = 30;
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(each - 1);
    var behind = new CountDownLatch(1);
    threads.executeInSteps(
        () -> {
          for (int i = 1; i < each; i++) {
            threads.execute(
                () -> {
                  begun.countDown();
                  await(gate);
                });
          }
          threads.execute(behind::countDown);
          return false;
        });

    await(behind);
    await(begun);
    gate.countDown();
  }

  @Test
  void whatALongStepHasSubmittedRuns() {
    var left = new CountDownLatch(10);
    try (var one = new WriterThreads(1)) {
      one.executeInSteps(
          () -> {
            for (int i = 0; i < 10; i++) {
              one.execute(left::countDown);
            }
            // There is one place: another thread has it by then.
            var replaced = new CountDownLatch(1);
            join(Thread.ofPlatform().start(() -> one.execute(replaced::countDown)));
            await(replaced);
            return false;
          });
      await(left);
    }
  }

  @Test
  void whatAFailedStepHasSubmittedRuns() {
    var submitted = new CountDownLatch(1);
    var steps = new AtomicInteger();
    threads.executeInSteps(
        () -> {
          steps.incrementAndGet();
          threads.execute(submitted::countDown);
          throw new IllegalStateException("for the log");
        });
    await(submitted);
    var afterwards = new CountDownLatch(1);
    threads.execute(afterwards::countDown);
    await(afterwards);
    assertThat(steps).hasValue(1);
  }

  @Test
  void eachTaskOfManyStepsRunsOnceWhileSomeBlock() {
    int sources = 8;
    int steps = 200;
    int each = 25;
    var runs = new AtomicIntegerArray(sources * steps * each);
    var left = new CountDownLatch(runs.length());
    for (int source = 0; source < sources; source++) {
      int first = source * steps * each;
      var step = new AtomicInteger();
      threads.executeInSteps(
          () -> {
            int number = step.getAndIncrement();
            for (int i = 0; i < each; i++) {
              int index = first + number * each + i;
              threads.execute(() -> record(index, runs, left));
            }
            return number + 1 < steps;
          });
    }
    await(left);
    assertThat(IntStream.range(0, runs.length()).map(runs::get)).allMatch(count -> count == 1);
  }

  private void record(int index, AtomicIntegerArray runs, CountDownLatch left) {
    if (index % 397 == 0) {
      // Blocks until all that waits by now was taken up, by others.
      var behind = new CountDownLatch(1);
      threads.execute(behind::countDown);
      await(behind);
    }
    runs.incrementAndGet(index);
    left.countDown();
  }

  @Test
  void whatIsGivenAfterALongRestRuns() {
    for (int i = 0; i < 3; i++) {
      var left = new CountDownLatch(1);
      threads.execute(left::countDown);
      await(left);
      while (threads.isWatching()) {
        Thread.onSpinWait();
      }
    }
    comesWhileAllPlacesBlock();
  }
}
