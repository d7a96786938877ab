package io.pharos.app;

import io.pharos.admission.AdmissionMetrics;
import io.pharos.admission.Refusal;
import io.pharos.broker.Broker;
import io.pharos.hub.Metrics;
import io.pharos.hub.Overflow;
import io.pharos.session.CloseReason;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Counts in the server's own metrics, at {@code /metrics?scope=application}. There is one, that of
 * {@link Pharos}; of a dependent scope because a client proxy before it would cost more than a
 * delivery does.
 */
@Dependent
public class MetricsRecorder implements Metrics, AdmissionMetrics {
  @Inject MetricRegistry registry;

  private Counter published;
  private Counter refused;
  private Counter delivered;
  private Counter gaps;
  private Counter opened;
  private Counter dropped;
  private Counter conflated;
  private Counter delayed;

  @PostConstruct
  void register() {
    published = counter("pharos_published", "Messages that this node's publishers had stored");
    refused = counter("pharos_publications_refused", "Publications that were refused");
    delivered = counter("pharos_delivered", "Messages and signals put on the wire");
    gaps = counter("pharos_gaps", "Times a subscription was told that it missed messages");
    dropped = counter("pharos_dropped", "Messages dropped for clients that did not keep up");
    conflated = counter("pharos_conflated", "Messages replaced by newer ones of the same key");
    delayed = counter("pharos_replays_delayed", "Times a replay had to wait for others");
    opened = counter("pharos_sessions_opened", "Sessions opened");
  }

  /** Shows what the broker has found that is no message. */
  void watch(Broker broker) {
    registry.gauge(
        Metadata.builder()
            .withName("pharos_unreadable")
            .withDescription("Things found where messages should be, and skipped")
            .build(),
        broker,
        Broker::unreadable);
  }

  private Counter counter(String name, String description, Tag... tags) {
    return registry.counter(
        Metadata.builder().withName(name).withDescription(description).build(), tags);
  }

  @Override
  public void published(int messages) {
    published.inc(messages);
  }

  @Override
  public void refused() {
    refused.inc();
  }

  @Override
  public void delivered(int messages) {
    delivered.inc(messages);
  }

  @Override
  public void refused(Refusal refusal) {
    counter(
            "pharos_connections_refused",
            "Clients that were sent away, by reason",
            new Tag("reason", refusal.name()))
        .inc();
  }

  @Override
  public void gap() {
    gaps.inc();
  }

  @Override
  public void slow(Overflow policy) {
    counter(
            "pharos_slow_consumers",
            "Times a client did not keep up, by its destination's policy",
            new Tag("policy", policy.name()))
        .inc();
  }

  @Override
  public void dropped() {
    dropped.inc();
  }

  @Override
  public void conflated() {
    conflated.inc();
  }

  @Override
  public void replayDelayed() {
    delayed.inc();
  }

  @Override
  public void sessionOpened() {
    opened.inc();
  }

  @Override
  public void sessionClosed(CloseReason reason) {
    counter(
            "pharos_sessions_closed",
            "Sessions closed, by reason",
            new Tag("reason", reason.name()))
        .inc();
  }
}
