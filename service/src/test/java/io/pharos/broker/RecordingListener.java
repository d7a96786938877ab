package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Keeps what a broker hands out, from whatever thread, and waits for it. */
final class RecordingListener implements BrokerListener {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  /** Waits for the message of that position, and returns all that came until then. */
  synchronized List<Message> awaitUpTo(Destination destination, Position position)
      throws InterruptedException {
    awaitThat(() -> received(destination).stream().anyMatch(m -> m.position().equals(position)));
    return received(destination);
  }

  /** Waits for so many messages of a destination; fails when there are more. */
  synchronized List<Message> await(Destination destination, int count) throws InterruptedException {
    awaitThat(() -> received(destination).size() >= count);
    assertThat(received(destination)).hasSize(count);
    return received(destination);
  }

  private void awaitThat(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      assertThat(left).as("waiting, got %s", received).isPositive();
      wait(left);
    }
  }
}
