package io.pharos.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.failure.CliException;
import io.pharos.message.Body;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LineQueueTest {
  private final LineQueue queue = new LineQueue();

  @Test
  void givesWhatHasGathered() throws Exception {
    put(1, 3);
    assertThat(queue.take()).extracting(Line::number).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aBatchHasAtMostFiveHundredLines() throws Exception {
    put(1, 501);
    assertThat(queue.take()).hasSize(500);
    assertThat(queue.take()).hasSize(1);
  }

  @Test
  void aBatchHasAtMostAQuarterOfAMebibyte() throws Exception {
    for (int i = 0; i < 3; i++) {
      queue.put(new Line(i, Body.wrap(new byte[100 << 10])));
    }
    assertThat(queue.take()).hasSize(2);
    assertThat(queue.take()).hasSize(1);
  }

  @Test
  void aLineThatIsLongerGoesAlone() throws Exception {
    queue.put(new Line(1, Body.wrap(new byte[300 << 10])));
    put(2, 2);
    assertThat(queue.take()).hasSize(1);
    assertThat(queue.take()).hasSize(1);
  }

  @Test
  void endsAfterTheLastLine() throws Exception {
    put(1, 1);
    queue.end();
    put(2, 2);
    assertThat(queue.take()).hasSize(1);
    assertThat(queue.take()).isEmpty();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void tellsAFailureAfterTheLastLine() throws Exception {
    put(1, 1);
    queue.end(CliException.failed("too long", null));
    queue.end();
    assertThat(queue.take()).hasSize(1);
    assertThatThrownBy(queue::take).hasMessage("too long");
  }

  @Test
  void whoReadsTheInputWaitsWhileItIsFull() throws Exception {
    put(1, 2000);
    var added = new CountDownLatch(1);
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    put(2001, 2001);
                    added.countDown();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    while (reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(added.getCount()).isOne();
    queue.take();
    assertThat(added.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theEndReleasesWhoWaits() throws Exception {
    put(1, 2000);
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    put(2001, 2001);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    while (reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    queue.end();
    reader.join();
    assertThat(queue.take().getLast().number()).isEqualTo(500);
  }

  private void put(long first, long last) throws InterruptedException {
    for (long number = first; number <= last; number++) {
      queue.put(new Line(number, Body.of("x")));
    }
  }
}
