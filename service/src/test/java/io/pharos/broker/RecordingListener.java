package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a broker hands out, from whatever thread, and waits for it. */
final class RecordingListener implements BrokerListener {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<Destination, List<Message>> received = new HashMap<>();
  private int failures;

  /** Throws on each of the next batches, after it was recorded. */
  synchronized void failOnNext(int batches) {
    failures = batches;
  }

  @Override
  public synchronized void messages(Destination destination, List<Message> batch) {
    received.computeIfAbsent(destination, d -> new ArrayList<>()).addAll(batch);
    notifyAll();
    if (failures > 0) {
      failures--;
      throw new IllegalArgumentException("as the test wants it");
    }
  }

  synchronized List<Message> received(Destination destination) {
    return List.copyOf(received.getOrDefault(destination, List.of()));
  }

  /** Waits for so many messages of a destination; fails when there are more. */
  synchronized List<Message> await(Destination destination, int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (received(destination).size() < count) {
      long left = (end - System.nanoTime()) / 1_000_000;
      assertThat(left)
          .as("waiting for %s messages of %s, got %s", count, destination, received)
          .isPositive();
      wait(left);
    }
    assertThat(received(destination)).hasSize(count);
    return received(destination);
  }
}
