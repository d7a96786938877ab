package io.pharos.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code BENCHMARKS.md}. */
public final class Page {
  private static final List<String> WAYS = List.of("SSE", "WebSocket");

  private final Results results;
  private final Map<String, String> missing;
  private final StringBuilder out = new StringBuilder();

  private Page(Results results, Map<String, String> missing) {
    this.results = results;
    this.missing = missing;
  }

  /**
   * The whole page.
   *
   * @param about lines on versions and machine
   * @param missing why servers could not be compared, by their names
   * @param notes what people have to say, in Markdown
   */
  public static String of(
      Results results, List<String> about, Map<String, String> missing, String notes) {
    var page = new Page(results, missing);
    page.out.append(
        "# Benchmarks\n\n"
            + "Written by `tests-it/benchmark/compare`, in one run on one machine; the way to run"
            + " it again. Medians of the repeats. Latencies count from when a message should have"
            + " been sent.\n\n");
    about.forEach(line -> page.out.append("- ").append(line).append('\n'));
    page.targets();
    page.fanOut("broadcast", "Broadcast: 60 messages/s of 128 bytes to all");
    page.fanOut("burst", "Bursts of 10, 60 messages/s in all");
    page.table(
        "highest",
        "Highest rate at which all get everything, p99 under 100 ms",
        "messages/s",
        "rate");
    page.fanOut("groups", "Groups of 10 clients");
    page.table(
        "idle",
        "Idle clients, after garbage collection",
        "KB each | % of a core for heart-beats | MB in all",
        "kb_each",
        "core_percent",
        "rss_mb");
    page.table(
        "unstalled",
        "Stalled clients: the run without them, 30 messages/s of 8 KiB",
        "p99 ms | highest KB",
        "latency_p99_ms",
        "server_rss_highest_kb");
    page.table(
        "stalled",
        "Stalled clients: one of 100 stops reading",
        "p99 ms of the others | highest KB | cut off | lost by the others",
        "latency_p99_ms",
        "server_rss_highest_kb",
        "slow_cut_off",
        "lost");
    page.reasons();
    page.table(
        "restart",
        "A node is killed and started again, its clients come back with their positions",
        "came back | away | lost | twice | replayed | last back after s",
        "readers_returned",
        "readers_away",
        "lost",
        "duplicated",
        "replayed",
        "longest_absence_s");
    return page.out
        .append('\n')
        .append(notes.strip())
        .append('\n')
        .toString()
        .replace("highest KB", "highest KB");
  }

  private void targets() {
    out.append("\n## Targets\n\n| target | figure | |\n|---|---|---|\n");
    for (String way : WAYS) {
      ratio(
          "broadcast",
          way,
          "CPU per delivery ≤ 0.5 × Spring",
          "Spring",
          "server_cpu_us_per_delivery",
          0.5);
      ratio(
          "broadcast",
          way,
          "CPU per delivery ≤ 1.5 × Nchan",
          "Nchan",
          "server_cpu_us_per_delivery",
          1.5);
      ratio(
          "burst",
          way,
          "CPU per delivery ≤ 0.5 × Nchan",
          "Nchan",
          "server_cpu_us_per_delivery",
          0.5);
      atLeast(way, "Spring", 3);
      atLeast(way, "Nchan", 1);
      below(
          way,
          "groups: p99 below 10 ms",
          results.median("groups", "Pharos", way, "latency_p99_ms"),
          10);
      below(way, "idle: at most 20 KB each", results.median("idle", "Pharos", way, "kb_each"), 20);
      below(
          way,
          "idle: heart-beats under 3 % of a core",
          results.median("idle", "Pharos", way, "core_percent"),
          3);
      below(
          way,
          "stalled: the others' p99 at most 1.2 × of that without",
          quotient(
              results.median("stalled", "Pharos", way, "latency_p99_ms"),
              results.median("unstalled", "Pharos", way, "latency_p99_ms")),
          1.2);
      below(
          way,
          "stalled: memory at most 1.2 × of that without",
          quotient(
              results.median("stalled", "Pharos", way, "server_rss_highest_kb"),
              results.median("unstalled", "Pharos", way, "server_rss_highest_kb")),
          1.2);
      below(way, "restart: messages lost", results.sum("restart", "Pharos", way, "lost"), 0);
      below(way, "restart: messages twice", results.sum("restart", "Pharos", way, "duplicated"), 0);
      below(
          way,
          "restart: clients that are away",
          results.sum("restart", "Pharos", way, "readers_away"),
          0);
    }
  }

  private void ratio(
      String load, String way, String target, String peer, String figure, double limit) {
    below(
        way,
        load + ": " + target,
        quotient(
            results.median(load, "Pharos", way, figure), results.median(load, peer, way, figure)),
        limit);
  }

  private void atLeast(String way, String peer, double limit) {
    OptionalDouble ratio =
        quotient(
            results.median("highest", "Pharos", way, "rate"),
            results.median("highest", peer, way, "rate"));
    verdict(
        way,
        "highest rate at least " + number(limit) + " × " + peer,
        ratio,
        ratio.isPresent() && ratio.getAsDouble() >= limit);
  }

  private void below(String way, String target, OptionalDouble figure, double limit) {
    verdict(way, target, figure, figure.isPresent() && figure.getAsDouble() <= limit);
  }

  private void verdict(String way, String target, OptionalDouble figure, boolean met) {
    out.append(
        String.format(
            "| %s, %s | %s | %s |%n",
            way,
            target,
            cell(figure),
            figure.isEmpty() ? "not measured" : met ? "met" : "**missed**"));
  }

  private void fanOut(String load, String title) {
    table(
        load,
        title,
        "µs of CPU per delivery | p50 ms | p99 ms | lost | out of order | refused",
        "server_cpu_us_per_delivery",
        "latency_p50_ms",
        "latency_p99_ms",
        "lost",
        "out_of_order",
        "refused");
  }

  private void table(String load, String title, String columns, String... figures) {
    out.append("\n## ")
        .append(title)
        .append("\n\n| server | | ")
        .append(columns)
        .append(" |\n|---|---|")
        .append("---|".repeat(figures.length))
        .append('\n');
    for (String server : List.of("Pharos", "Spring", "Nchan")) {
      if (missing.containsKey(server)) {
        out.append("| ")
            .append(server)
            .append(" | | missing: ")
            .append(missing.get(server))
            .append(" |\n");
        continue;
      }
      for (String way : WAYS) {
        row(load, server, way, figures);
      }
    }
  }

  private void row(String load, String server, String way, String... figures) {
    if (results.median(load, server, way, figures[0]).isEmpty()
        && results.failures(load, server, way) == 0) {
      return;
    }
    out.append("| ").append(server).append(" | ").append(way).append(" |");
    for (String figure : figures) {
      boolean counted = List.of("lost", "out_of_order", "refused", "duplicated").contains(figure);
      OptionalDouble value =
          counted
              ? results.sum(load, server, way, figure)
              : results.median(load, server, way, figure);
      out.append(' ').append(cell(value)).append(" |");
    }
    long failures = results.failures(load, server, way);
    out.append(failures == 0 ? "\n" : " " + failures + " runs failed: did not keep up |\n");
  }

  private void reasons() {
    for (String server : List.of("Pharos", "Spring", "Nchan")) {
      for (String way : WAYS) {
        String reasons = results.reasons("stalled", server, way);
        if (!reasons.isEmpty()) {
          out.append("\nWhat the stalled clients of ")
              .append(server)
              .append(" (")
              .append(way)
              .append(") read at last: ")
              .append(reasons)
              .append(".\n");
        }
      }
    }
  }

  private static OptionalDouble quotient(OptionalDouble one, OptionalDouble other) {
    return one.isPresent() && other.isPresent() && other.getAsDouble() > 0
        ? OptionalDouble.of(one.getAsDouble() / other.getAsDouble())
        : OptionalDouble.empty();
  }

  private static String cell(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "–";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }
}
