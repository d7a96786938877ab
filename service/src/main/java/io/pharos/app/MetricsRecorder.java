package io.pharos.app;

import io.pharos.admission.AdmissionMetrics;
import io.pharos.admission.Refusal;
import io.pharos.hub.Metrics;
import io.pharos.session.CloseReason;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts in the server's own metrics, at {@code /metrics?scope=application}. */
@ApplicationScoped
public class MetricsRecorder implements Metrics, AdmissionMetrics {
  @Inject MetricRegistry registry;

  private Counter published;
  private Counter refused;
  private Counter delivered;
  private Counter gaps;
  private Counter opened;

  @PostConstruct
  void register() {
    published = counter("pharos_published", "Messages that this node's publishers had stored");
    refused = counter("pharos_publications_refused", "Publications that were refused");
    delivered = counter("pharos_delivered", "Messages and signals put on the wire");
    gaps = counter("pharos_gaps", "Times a subscription was told that it missed messages");
    opened = counter("pharos_sessions_opened", "Sessions opened");
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
