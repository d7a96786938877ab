package io.pharos.benchmark.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** {@code BENCHMARKS.md}. */
public final class Page {
  private static final List<String> SERVERS =
      List.of("Pharos", "Pharos, linger 0", "Spring", "Nchan");
  private static final List<String> WAYS = List.of("SSE", "WebSocket");
  private static final Set<String> COUNTS =
      Set.of("lost", "out_of_order", "refused", "duplicated", "readers_away", Figure.SLOW_CLOSED);

  private final List<Finding> findings;
  private final Results results = new Results();
  private final StringBuilder out = new StringBuilder();

  private Page(List<Finding> findings) {
    this.findings = findings;
    findings.forEach(finding -> results.addAll(finding.results()));
  }

  /**
   * The whole page.
   *
   * @param notes what people have to say, in Markdown
   */
  public static String of(List<Finding> findings, String notes) {
    var page = new Page(findings);
    page.head();
    page.targets();
    page.fanOut("fanout", "broadcast", "Broadcast: 60 messages/s of 128 bytes to all");
    page.fanOut("fanout", "burst", "Bursts of 10, 60 messages/s in all");
    page.table(
        "highest",
        "highest",
        "Highest rate at which all get everything, p99 under 100 ms",
        "messages/s",
        "rate");
    page.fanOut("groups", "groups", "Groups of 10 clients");
    page.table(
        "idle",
        "idle",
        "Idle clients, after garbage collection",
        "KB each | % of a core | MB in all",
        "kb_each",
        "core_percent",
        "rss_mb");
    page.stalled();
    page.table(
        "restart",
        "restart",
        "A node is killed and started again, its clients come back with their positions",
        "came back | away | lost | twice | replayed | last back after s",
        "readers_returned",
        "readers_away",
        "lost",
        "duplicated",
        "replayed",
        "longest_absence_s");
    page.out.append('\n').append(notes.strip()).append('\n');
    page.profiles();
    return page.out.toString();
  }

  private void head() {
    out.append(
        """
        # Benchmarks

        Written by `tests-it/benchmark/compare`, on one machine. Medians of the repeats; what was lost, refused or
        came twice is added up. Latencies count from when a message should have been sent.

        """);
    if (findings.isEmpty()) {
      out.append("Nothing was measured.\n");
      return;
    }
    findings.getLast().about().forEach(line -> out.append("- ").append(line).append('\n'));
    out.append("\n| scenario | measured | took | what |\n|---|---|---|---|\n");
    for (Finding finding : findings) {
      out.append(
          String.format(
              "| %s | %s | %d s | %s |%n",
              finding.scenario(),
              finding.finished(),
              finding.seconds(),
              finding.about().isEmpty() ? "" : finding.about().getFirst()));
    }
  }

  private void targets() {
    out.append("\n## Targets\n\n| target | figure | |\n|---|---|---|\n");
    for (String way : WAYS) {
      for (Target target : Targets.of(results, way)) {
        out.append(
            String.format(
                "| %s, %s: %s | %s | %s |%n",
                way,
                target.load(),
                target.text(),
                Numbers.text(target.figure()),
                target.verdict()));
      }
    }
  }

  private void fanOut(String scenario, String load, String title) {
    table(
        scenario,
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

  private void stalled() {
    table(
        "stalled",
        "unstalled",
        "Stalled clients: the run without them",
        "messages/s | bytes | p99 ms | highest KB of memory",
        "rate_per_s",
        "size_bytes",
        "latency_p99_ms",
        "server_rss_highest_kb");
    table(
        "stalled",
        "stalled",
        "Stalled clients: one of 100 stops reading",
        "p99 ms of the others | highest KB of memory | closed | lost by the others",
        "latency_p99_ms",
        "server_rss_highest_kb",
        Figure.SLOW_CLOSED,
        "lost");
    for (String server : SERVERS) {
      for (String way : WAYS) {
        String reasons = results.reasons("stalled", server, way);
        if (!reasons.isEmpty()) {
          out.append(
              String.format(
                  "%nWhat the stalled clients of %s (%s) read at last: %s.%n",
                  server, way, reasons));
        }
      }
    }
  }

  private void table(
      String scenario, String load, String title, String columns, String... figures) {
    out.append(
        String.format(
            "%n## %s%n%n| server | | %s | |%n|---|---|%s---|%n",
            title, columns, "---|".repeat(figures.length)));
    Optional<Finding> finding =
        findings.stream().filter(f -> f.scenario().equals(scenario)).findFirst();
    if (finding.isEmpty()) {
      out.append("| not measured |\n");
      return;
    }
    Map<String, String> missing = finding.get().missing();
    for (String server : SERVERS) {
      if (missing.containsKey(server)) {
        out.append(String.format("| %s | | left out: %s |%n", server, missing.get(server)));
      } else {
        WAYS.forEach(way -> row(load, server, way, figures));
      }
    }
  }

  private void row(String load, String server, String way, String... figures) {
    List<String> failures = results.failures(load, server, way);
    if (results.median(load, server, way, figures[0]).isEmpty() && failures.isEmpty()) {
      return;
    }
    out.append("| ").append(server).append(" | ").append(way).append(" |");
    for (String figure : figures) {
      OptionalDouble value =
          COUNTS.contains(figure)
              ? results.sum(load, server, way, figure)
              : results.median(load, server, way, figure);
      out.append(' ').append(Numbers.text(value)).append(" |");
    }
    if (!failures.isEmpty()) {
      out.append(" failed: ").append(String.join("; ", failures));
    }
    out.append(
        results.isClientsTooBusy(load, server, way) ? " clients or machine too busy |\n" : " |\n");
  }

  private void profiles() {
    if (results.profiles().isEmpty()) {
      return;
    }
    out.append("\n## Profiles of what missed its figure\n");
    results
        .profiles()
        .forEach((name, text) -> out.append("\n### " + name + "\n\n```\n" + text + "\n```\n"));
  }
}
