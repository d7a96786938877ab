package io.pharos.queue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts, to be read by the test. */
final class RecordingQueueMetrics implements QueueMetrics {
  final Map<String, Integer> counts = new ConcurrentHashMap<>();

  private void count(String what, int messages) {
    counts.merge(what, messages, Integer::sum);
  }

  @Override
  public void leased() {
    count("leased", 1);
  }

  @Override
  public void redelivered() {
    count("redelivered", 1);
  }

  @Override
  public void acknowledged(int messages) {
    count("acknowledged", messages);
  }

  @Override
  public void deadLettered(int messages) {
    count("deadLettered", messages);
  }

  @Override
  public void expired(int messages) {
    count("expired", messages);
  }

  @Override
  public void discarded(int messages) {
    count("discarded", messages);
  }
}
