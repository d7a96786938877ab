package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.BrokerListener;
import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a broker hands out and says, checks that it follows, and waits for it. */
final class Recorder implements BrokerListener {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<Destination, List<Message>> received = new HashMap<>();
  private final Map<Destination, List<History>> losses = new HashMap<>();
  private final Map<Destination, Position> ends = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private @Nullable Error failure;

  synchronized void failOnceWith(Error error) {
    failure = error;
  }

  @Override
  public synchronized void messages(Destination destination, List<Message> batch) {
    for (Message message : batch) {
      Position end = ends.put(destination, message.position());
      if (end != null && !end.next().equals(message.position())) {
        faults.add(destination + ": " + message.position() + " follows " + end);
      }
    }
    received.computeIfAbsent(destination, d -> new ArrayList<>()).addAll(batch);
    notifyAll();
    Error error = failure;
    if (error != null) {
      failure = null;
      throw error;
    }
  }

  @Override
  public synchronized void lost(Destination destination, History left) {
    losses.computeIfAbsent(destination, d -> new ArrayList<>()).add(left);
    ends.put(destination, left.start());
    notifyAll();
  }

  synchronized List<Message> received(Destination destination) {
    return List.copyOf(received.getOrDefault(destination, List.of()));
  }

  synchronized List<String> bodies(Destination destination) {
    return received(destination).stream().map(m -> String.valueOf(m.body().textOrNull())).toList();
  }

  synchronized List<History> losses(Destination destination) {
    return List.copyOf(losses.getOrDefault(destination, List.of()));
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  void awaitCount(Destination destination, int count) throws InterruptedException {
    await(count + " messages of " + destination, () -> received(destination).size() >= count);
  }

  void awaitBody(Destination destination, String body) throws InterruptedException {
    await(body + " of " + destination, () -> bodies(destination).contains(body));
  }

  void awaitLoss(Destination destination) throws InterruptedException {
    await("a loss of " + destination, () -> !losses(destination).isEmpty());
  }

  private synchronized void await(String what, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      assertThat(left).as("waiting for %s, got %s, lost %s", what, received, losses).isPositive();
      wait(left);
    }
  }

  /** Waits for something that nobody announces. */
  static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for %s", what).isLessThan(end);
      Thread.sleep(5);
    }
  }
}
