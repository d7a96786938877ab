package io.pharos.cli.bench;

import io.pharos.cli.bench.measure.Deliveries;
import io.pharos.cli.bench.measure.Latency;
import org.jspecify.annotations.Nullable;

/**
 * All that a run brought to light.
 *
 * @param seconds from the first measured publication's time to the last delivery
 * @param published measured publications
 * @param refused publications that the server did not take
 * @param firstRefusal why, or empty
 * @param lateness how long after their time publications were sent
 * @param late how many by more than 10 ms
 * @param server what the server used, if its processes are known
 * @param generator what the benchmark itself used
 */
public record Outcome(
    Load load,
    Access.Transport transport,
    Access.Publishing publishing,
    double connectSeconds,
    double seconds,
    int published,
    int refused,
    String firstRefusal,
    Deliveries deliveries,
    Latency lateness,
    int late,
    FleetSummary fleet,
    SlowSummary slow,
    @Nullable ServerSummary server,
    GeneratorSummary generator) {

  /** Deliveries a second. */
  public double deliveryRate() {
    return deliveries.received() / seconds;
  }

  /**
   * Whether the server took every publication, and every client that read got every message, once
   * and in order.
   */
  public boolean isExact() {
    return refused == 0 && deliveries.isExact();
  }

  /** Whether more than 1 % of the publications were sent late: this machine was too busy. */
  public boolean isOverloaded() {
    return late * 100L > published;
  }

  /** Whether the figures may say more about the benchmark or the machine than about the server. */
  public boolean isTooBusy() {
    return generator.isSaturated() || isOverloaded();
  }
}
