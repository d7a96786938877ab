package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Numbers from 1 on, which a careful publisher stores one after the other until it is stopped. */
final class Traffic implements AutoCloseable {
  private final Destination destination;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Integer> publishing;
  private volatile boolean enough;

  Traffic(RedisNode publisher, Destination destination) {
    this.destination = destination;
    publishing =
        thread.submit(
            () -> {
              int last = 0;
              while (!enough) {
                publisher.publishUntilStored(destination, Integer.toString(++last));
              }
              return last;
            });
  }

  /** Ends it. The last number. */
  int stop() throws InterruptedException, ExecutionException {
    enough = true;
    return publishing.get();
  }

  /** Waits until so many more have reached a node. */
  void awaitMore(RedisNode node, int count) throws InterruptedException {
    node.recorder.awaitCount(destination, node.recorder.received(destination).size() + count);
  }

  /** Ends it, and waits until a node has the last number: what it does not have, it was told of. */
  void assertNothingIsLostSilently(RedisNode node) throws InterruptedException, ExecutionException {
    int count = stop();
    node.recorder.awaitBody(destination, Integer.toString(count));
    List<String> seen = node.recorder.bodies(destination);
    assertThat(seen)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.comparingInt(Integer::parseInt));
    if (node.recorder.losses(destination).isEmpty()) {
      assertThat(seen)
          .isEqualTo(IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    }
    assertThat(node.recorder.faults()).isEmpty();
  }

  @Override
  public void close() {
    enough = true;
    thread.close();
  }
}
