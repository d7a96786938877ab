package io.pharos.cli.bench.report;

import io.pharos.cli.bench.Outcome;
import io.pharos.cli.bench.measure.Deliveries;
import io.pharos.cli.bench.measure.Latency;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's figures by name, in one order: the columns of CSV and the members of JSON. */
public final class Figures {
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Figures() {}

  /** All figures; numbers are rounded to what they can tell. */
  public static Figures of(Outcome outcome) {
    var figures = new Figures();
    figures.load(outcome);
    figures.deliveries(outcome);
    figures.latency("latency", outcome.deliveries().latency());
    figures.latency("last_subscriber", outcome.deliveries().lastSubscriber());
    figures.clients(outcome);
    figures.server(outcome);
    figures.generator(outcome);
    return figures;
  }

  /** The values: text, integers, decimals, or booleans. */
  public Map<String, Object> values() {
    return values;
  }

  private void load(Outcome outcome) {
    var load = outcome.load();
    values.put("transport", lower(outcome.transport()));
    values.put("publishing", lower(outcome.publishing()));
    values.put("clients", (long) load.clients());
    values.put("destinations", (long) load.destinations());
    values.put("size_bytes", (long) load.size());
    values.put("rate_per_s", load.rate());
    values.put("burst", (long) load.burst());
    values.put("slow_clients", (long) load.slow());
    values.put("seconds", round(outcome.seconds(), 3));
  }

  private void deliveries(Outcome outcome) {
    Deliveries deliveries = outcome.deliveries();
    values.put("published", (long) outcome.published());
    values.put("refused", (long) outcome.refused());
    values.put("expected", deliveries.expected());
    values.put("received", deliveries.received());
    values.put("deliveries_per_s", round(outcome.deliveryRate(), 1));
    values.put("lost", deliveries.lost());
    values.put("duplicated", deliveries.duplicated());
    values.put("out_of_order", deliveries.outOfOrder());
    values.put("stray", deliveries.stray());
    values.put("gaps", deliveries.gaps());
    values.put("replayed", deliveries.replayed());
  }

  private void latency(String name, Latency latency) {
    values.put(name + "_p50_ms", round(latency.millis(50), 3));
    values.put(name + "_p90_ms", round(latency.millis(90), 3));
    values.put(name + "_p99_ms", round(latency.millis(99), 3));
    values.put(name + "_p999_ms", round(latency.millis(99.9), 3));
    values.put(name + "_max_ms", round(latency.maxMillis(), 3));
  }

  private void clients(Outcome outcome) {
    values.put("resumes", (long) outcome.fleet().resumes());
    values.put("readers_lost", sum(outcome.fleet().lostReaders()));
    values.put("readers_returned", (long) outcome.fleet().returned());
    values.put("readers_away", (long) outcome.fleet().away());
    values.put("longest_absence_s", round(outcome.fleet().longestAbsenceSeconds(), 2));
    values.put("slow_cut_off", (long) outcome.slow().cutAfterSeconds().size());
    values.put(
        "slow_cut_off_first_s",
        round(outcome.slow().cutAfterSeconds().stream().findFirst().orElse(0.0), 1));
  }

  private void server(Outcome outcome) {
    var server = outcome.server();
    if (server == null) {
      return;
    }
    long received = Math.max(1, outcome.deliveries().received());
    int clients = outcome.load().clients();
    values.put("server_cpu_s", round(server.cpuSeconds(), 2));
    values.put("server_cpu_cores", round(server.cpuSeconds() / outcome.seconds(), 3));
    values.put("server_cpu_us_per_delivery", round(server.cpuSeconds() * 1e6 / received, 2));
    values.put("server_rss_start_kb", server.startKilobytes());
    values.put("server_rss_connected_kb", server.connectedKilobytes());
    values.put("server_rss_measured_kb", server.measuredKilobytes());
    values.put("server_rss_highest_kb", server.highestKilobytes());
    values.put("server_rss_end_kb", server.endKilobytes());
    values.put(
        "server_rss_kb_per_connection",
        round((double) (server.connectedKilobytes() - server.startKilobytes()) / clients, 1));
  }

  private void generator(Outcome outcome) {
    values.put("bench_late_sends", (long) outcome.late());
    values.put("bench_lateness_p99_ms", round(outcome.lateness().millis(99), 3));
    values.put("bench_lateness_max_ms", round(outcome.lateness().maxMillis(), 3));
    values.put("bench_cpu_s", round(outcome.generator().cpuSeconds(), 2));
    values.put("bench_reader_busy", round(outcome.generator().readerBusy(), 3));
    values.put("bench_longest_round_ms", round(outcome.generator().longestRoundMillis(), 3));
    values.put("bench_too_busy", outcome.isTooBusy());
    values.put("exact", outcome.isExact());
  }

  private static long sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static double round(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
