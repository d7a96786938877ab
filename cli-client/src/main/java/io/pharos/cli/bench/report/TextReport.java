package io.pharos.cli.bench.report;

import io.pharos.cli.bench.Access;
import io.pharos.cli.bench.Outcome;
import io.pharos.cli.bench.ServerSummary;
import io.pharos.cli.bench.measure.Deliveries;
import io.pharos.cli.bench.measure.Latency;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** For people. */
public final class TextReport {
  private final Outcome outcome;
  private final Formatter out = new Formatter(new StringBuilder(), Locale.ROOT);

  private TextReport(Outcome outcome) {
    this.outcome = outcome;
  }

  /** The lines of the report. */
  public static List<String> of(Outcome outcome) {
    var report = new TextReport(outcome);
    report.load();
    report.deliveries();
    report.connections();
    report.server();
    report.generator();
    return report.out.toString().lines().toList();
  }

  private void load() {
    var load = outcome.load();
    out.format(
        "%s: %s of %s, %s messages/s of %,d bytes in bursts of %d, by %s%n",
        outcome.transport(),
        new Count(load.clients(), "client"),
        new Count(load.destinations(), "destination"),
        decimal(load.rate()),
        load.size(),
        load.burst(),
        outcome.publishing() == Access.Publishing.HTTP ? "pipelined POST" : "STOMP SEND");
    out.format(
        "%s subscribed in %.1f s%n", new Count(load.clients(), "client"), outcome.connectSeconds());
  }

  private void deliveries() {
    Deliveries deliveries = outcome.deliveries();
    out.format(
        "deliveries       %,d of %,d in %.1f s, %,.0f/s%n",
        deliveries.received(), deliveries.expected(), outcome.seconds(), outcome.deliveryRate());
    out.format(
        "                 lost %,d, duplicated %,d, out of order %,d, stray %,d, gaps %,d%n",
        deliveries.lost(),
        deliveries.duplicated(),
        deliveries.outOfOrder(),
        deliveries.stray(),
        deliveries.gaps());
    if (outcome.refused() > 0 || !outcome.firstRefusal().isEmpty()) {
      out.format(
          "refused          %s: %s%n",
          new Count(outcome.refused(), "publication"), outcome.firstRefusal());
    }
    latency("latency", deliveries.latency());
    latency("last subscriber", deliveries.lastSubscriber());
  }

  private void latency(String name, Latency latency) {
    if (latency.count() == 0) {
      out.format("%-16s none%n", name);
      return;
    }
    out.format(
        "%-16s p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f ms%n",
        name,
        latency.millis(50),
        latency.millis(90),
        latency.millis(99),
        latency.millis(99.9),
        latency.maxMillis());
  }

  private void connections() {
    var fleet = outcome.fleet();
    if (fleet.resumes() > 0) {
      out.format(
          "resumes          %,d, with %,d messages replayed%n",
          fleet.resumes(), outcome.deliveries().replayed());
    }
    reasons("readers lost", fleet.lostReaders());
    if (fleet.returned() > 0 || fleet.away() > 0) {
      out.format(
          "came back        %,d, the last after %.1f s, with %,d messages replayed; %,d are away%n",
          fleet.returned(),
          fleet.longestAbsenceSeconds(),
          outcome.deliveries().replayed(),
          fleet.away());
    }
    var slow = outcome.slow();
    if (slow.clients() > 0) {
      List<Double> cut = slow.cutAfterSeconds();
      if (!slow.watched()) {
        out.format(
            "slow clients     %,d; the server's side cannot be seen from here%n", slow.clients());
      } else if (cut.isEmpty()) {
        out.format("slow clients     none of %,d was cut off%n", slow.clients());
      } else {
        out.format(
            "slow clients     %,d of %,d cut off, %.1f to %.1f s after the first publication%n",
            cut.size(), slow.clients(), cut.getFirst(), cut.getLast());
      }
      reasons("slow closed", fleet.lostSlow());
    }
  }

  private void reasons(String name, Map<String, Integer> counts) {
    counts.forEach((reason, count) -> out.format("%-16s %,d: %s%n", name, count, reason));
  }

  private void server() {
    ServerSummary server = outcome.server();
    if (server == null) {
      return;
    }
    long received = Math.max(1, outcome.deliveries().received());
    out.format(
        "server CPU       %.2f s, %.2f cores, %.2f µs per delivery%n",
        server.cpuSeconds(),
        server.cpuSeconds() / outcome.seconds(),
        server.cpuSeconds() * 1e6 / received);
    out.format(
        "server memory    %,d KB before, %,d connected (%.1f KB per connection), %,d warm, %,d"
            + " highest, %,d at the end%n",
        server.startKilobytes(),
        server.connectedKilobytes(),
        (double) (server.connectedKilobytes() - server.startKilobytes()) / outcome.load().clients(),
        server.measuredKilobytes(),
        server.highestKilobytes(),
        server.endKilobytes());
  }

  private void generator() {
    var generator = outcome.generator();
    out.format(
        "this benchmark   %.2f s CPU, clients' thread %.0f%% busy, longest round %.1f ms; sends"
            + " late p99 %.2f, max %.2f ms, %,d by more than 10 ms%n",
        generator.cpuSeconds(),
        generator.readerBusy() * 100,
        generator.longestRoundMillis(),
        outcome.lateness().millis(99),
        outcome.lateness().maxMillis(),
        outcome.late());
    if (generator.isSaturated()) {
      out.format("                 SATURATED: the latencies are the benchmark's own%n");
    }
    if (outcome.isOverloaded()) {
      out.format(
          "                 OVERLOADED: more than 1%% of the sends were late; this machine is too"
              + " busy for these figures%n");
    }
    verdict();
  }

  private void verdict() {
    if (outcome.isExact()) {
      out.format("exact: everyone got everything, once and in order%n");
    } else if (outcome.deliveries().isExact()) {
      out.format(
          "NOT EXACT: %,d of %s were refused%n",
          outcome.refused(), new Count(outcome.published(), "publication"));
    } else {
      out.format("NOT EXACT%n");
    }
  }

  private static String decimal(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
