package io.pharos.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.retry.Backoff;
import io.pharos.cli.retry.FirstConnect;
import io.pharos.cli.retry.Pause;
import io.pharos.cli.retry.Retry;
import io.pharos.message.Body;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LinePublisherTest {
  private final LineQueue queue = new LineQueue();
  private final List<List<Long>> sent = new ArrayList<>();

  @Test
  void whileOneBatchIsOnItsWayTheNextOneGathers() throws Exception {
    var onItsWay = new SynchronousQueue<Integer>();
    var release = new CountDownLatch(1);
    var publisher =
        publisher(
            batch -> {
              record(batch);
              onItsWay.put(batch.size());
              release.await();
            });
    Thread sender = start(publisher);
    put(1, 1);
    assertThat(onItsWay.take()).isEqualTo(1);
    put(2, 40);
    queue.end();
    release.countDown();
    assertThat(onItsWay.take()).isEqualTo(39);
    sender.join();
    assertThat(sent.get(1)).isSorted().hasSize(39);
    assertThat(publisher.published()).isEqualTo(40);
  }

  @Test
  void aBatchThatIsRefusedIsCutUntilTheLineToBlameIsFound() throws Exception {
    var publisher = publisher(refusing(5));
    put(1, 8);
    queue.end();
    assertThatThrownBy(publisher::run)
        .isInstanceOf(CliException.class)
        .hasMessageContaining("line 5, of 1 bytes, was refused: too long");
    assertThat(publisher.published()).isEqualTo(4);
    assertThat(sent).containsExactly(List.of(1L, 2L, 3L, 4L));
  }

  @Test
  void aBatchThatIsTooLongAsAWholeIsPublishedInParts() throws Exception {
    var publisher =
        publisher(
            batch -> {
              if (batch.size() > 3) {
                throw new ServerRefusedException(413, "too long", null);
              }
              record(batch);
            });
    put(1, 8);
    queue.end();
    publisher.run();
    assertThat(publisher.published()).isEqualTo(8);
    assertThat(sent.stream().flatMap(List::stream)).isSorted().hasSize(8);
  }

  @Test
  void aMissingRightIsNotBlamedOnALine() throws Exception {
    var publisher =
        publisher(
            batch -> {
              throw new ServerRefusedException(403, "no right", null);
            });
    put(1, 8);
    assertThatThrownBy(publisher::run).isInstanceOf(ServerRefusedException.class);
    assertThat(publisher.published()).isZero();
  }

  private LinePublisher.Sender refusing(long number) {
    return batch -> {
      if (batch.stream().anyMatch(line -> line.number() == number)) {
        throw new ServerRefusedException(413, "too long", null);
      }
      record(batch);
    };
  }

  private synchronized void record(List<Line> batch) {
    sent.add(batch.stream().map(Line::number).toList());
  }

  private LinePublisher publisher(LinePublisher.Sender sender) {
    var retry =
        new Retry(
            FirstConnect.FAIL,
            Duration.ZERO,
            Backoff.standard(),
            new Pause(),
            System::nanoTime,
            text -> {});
    return new LinePublisher(queue, sender, retry);
  }

  private static Thread start(LinePublisher publisher) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                publisher.run();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private void put(long first, long last) throws InterruptedException {
    for (long number = first; number <= last; number++) {
      queue.put(new Line(number, Body.of("x")));
    }
  }
}
