package io.pharos.app;

import io.pharos.message.PharosException;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.QueueStatus;
import io.pharos.queue.WorkQueues;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Counts what becomes of the messages of work queues, beside {@link MetricsRecorder}. */
@Dependent
public class QueueMetricsRecorder implements QueueMetrics {
  @Inject MetricRegistry registry;

  private Counter leased;
  private Counter redelivered;
  private Counter acknowledged;
  private Counter deadLettered;
  private Counter expired;
  private Counter discarded;

  @PostConstruct
  void register() {
    leased = counter("pharos_queue_delivered", "First deliveries of messages of work queues");
    redelivered = counter("pharos_queue_redelivered", "Deliveries that were not the first");
    acknowledged = counter("pharos_queue_acknowledged", "Messages that are done");
    deadLettered = counter("pharos_queue_dead_lettered", "Messages moved to a dead-letter queue");
    expired = counter("pharos_queue_expired", "Messages that waited too long, and are gone");
    discarded = counter("pharos_queue_discarded", "Dead letters rejected or displaced");
  }

  /** Shows what the queues hold, as long as they can be reached. */
  void watch(WorkQueues queues) {
    gauge(queues, "pharos_queue_depth", "Messages that wait in work queues", QueueStatus::depth);
    gauge(queues, "pharos_queue_pending", "Messages that consumers hold", QueueStatus::pending);
    gauge(queues, "pharos_queue_consumers", "Consumers of queues", QueueStatus::consumers);
  }

  private void gauge(
      WorkQueues queues, String name, String description, ToLongFunction<QueueStatus> value) {
    registry.gauge(
        Metadata.builder().withName(name).withDescription(description).build(),
        queues,
        all -> sum(all, value));
  }

  private static double sum(WorkQueues queues, ToLongFunction<QueueStatus> value) {
    try {
      return queues.status().stream().mapToLong(value).sum();
    } catch (PharosException e) {
      return Double.NaN;
    }
  }

  private Counter counter(String name, String description) {
    return registry.counter(Metadata.builder().withName(name).withDescription(description).build());
  }

  @Override
  public void leased() {
    leased.inc();
  }

  @Override
  public void redelivered() {
    redelivered.inc();
  }

  @Override
  public void acknowledged(int messages) {
    acknowledged.inc(messages);
  }

  @Override
  public void deadLettered(int messages) {
    deadLettered.inc(messages);
  }

  @Override
  public void expired(int messages) {
    expired.inc(messages);
  }

  @Override
  public void discarded(int messages) {
    discarded.inc(messages);
  }
}
