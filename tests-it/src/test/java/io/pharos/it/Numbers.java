package io.pharos.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A run of numbered messages, published while others listen, drop and come back. */
final class Numbers {
  private static final int BATCH = 20;

  private final int count;

  Numbers(int count) {
    this.count = count;
  }

  int count() {
    return count;
  }

  /** All of them, {@code 0} to {@code count - 1}, as bodies. */
  List<String> all() {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** Publishes all in order, in small batches, from a thread of its own. */
  CompletableFuture<Void> publish(Rest rest, String destination) {
    List<String> all = all();
    return CompletableFuture.runAsync(
        () -> {
          for (int from = 0; from < count; from += BATCH) {
            rest.publishAll(destination, all.subList(from, Math.min(count, from + BATCH)));
          }
        },
        task -> Thread.ofVirtual().name("publisher").start(task));
  }

  /** Opens a client's connection that goes on after an id; the empty one is the beginning. */
  interface Connector {
    Source connect(String lastId) throws Exception;
  }

  /** A connection that gives one message after the other. */
  interface Source extends AutoCloseable {
    /** The next one; null when the server has cut the client off because it reads too slowly. */
    @Nullable Received next();

    @Override
    void close() throws IOException;
  }

  /** A message, and the id from which to go on after it. */
  record Received(String body, String id) {}

  /**
   * Reads until the last number has come, from connections that break off again and again.
   *
   * @param seed decides after how many messages each time
   * @param longest number of messages of one connection
   */
  List<String> readBreakingOff(Connector connector, String start, long seed, int longest)
      throws Exception {
    var random = new Random(seed);
    var received = new ArrayList<String>();
    String last = Integer.toString(count - 1);
    String id = start;
    while (received.isEmpty() || !received.getLast().equals(last)) {
      try (Source source = connector.connect(id)) {
        int share = 1 + random.nextInt(longest);
        for (int i = 0; i < share; i++) {
          Received next = source.next();
          if (next == null) {
            break;
          }
          received.add(next.body());
          id = next.id();
          if (next.body().equals(last)) {
            break;
          }
        }
      }
    }
    return received;
  }
}
