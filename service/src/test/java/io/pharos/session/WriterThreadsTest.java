package io.pharos.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
