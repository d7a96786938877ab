package io.pharos.benchmark.report;

import io.pharos.benchmark.report.Target.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What Pharos is to reach. Ratios compare medians of runs on the same machine. */
public final class Targets {
  private static final String CPU = "server_cpu_us_per_delivery";
  private static final String PHAROS = "Pharos";

  private final Results results;
  private final String way;
  private final List<Target> all = new ArrayList<>();

  private Targets(Results results, String way) {
    this.results = results;
    this.way = way;
  }

  /** Whether a load's results miss one of its targets. */
  public static boolean missed(Results results, String load, String way) {
    return of(results, way).stream().anyMatch(t -> t.load().equals(load) && t.isMissed());
  }

  static List<Target> of(Results results, String way) {
    var targets = new Targets(results, way);
    targets.fanOut();
    targets.many();
    targets.stalled();
    targets.restart();
    return targets.all;
  }

  private void fanOut() {
    ratio("broadcast", "CPU per delivery ≤ 0.5 × Spring", "Spring", 0.5);
    ratio("broadcast", "CPU per delivery ≤ 1.5 × Nchan", "Nchan", 1.5);
    zero("broadcast", "nothing lost", "lost");
    ratio("burst", "CPU per delivery ≤ 0.5 × Nchan", "Nchan", 0.5);
    zero("burst", "nothing lost", "lost");
    highest("Spring", 3);
    highest("Nchan", 1);
  }

  private void many() {
    atMost("groups", "p99 below 10 ms", median("groups", PHAROS, "latency_p99_ms"), 10);
    zero("groups", "nothing lost", "lost");
    atMost("idle", "at most 20 KB each", median("idle", PHAROS, "kb_each"), 20);
    atMost("idle", "heart-beats under 3 % of a core", median("idle", PHAROS, "core_percent"), 3);
  }

  private void stalled() {
    atMost(
        "stalled",
        "the others' p99 ≤ 1.2 × that without",
        quotient(
            median("stalled", PHAROS, "latency_p99_ms"),
            median("unstalled", PHAROS, "latency_p99_ms")),
        1.2);
    atMost(
        "stalled",
        "memory flat: highest ≤ 1.2 × that without",
        quotient(
            median("stalled", PHAROS, "server_rss_highest_kb"),
            median("unstalled", PHAROS, "server_rss_highest_kb")),
        1.2);
    all.add(
        new Target(
            "stalled",
            way,
            "the stalled are closed: share of them",
            quotient(
                median("stalled", PHAROS, Figure.SLOW_CLOSED),
                median("stalled", PHAROS, "slow_clients")),
            Direction.AT_LEAST,
            1));
    zero("stalled", "the others lose nothing", "lost");
  }

  private void restart() {
    zero("restart", "clients that are not back", "readers_away");
    zero("restart", "messages lost", "lost");
    zero("restart", "messages twice", "duplicated");
  }

  private void ratio(String load, String text, String peer, double limit) {
    atMost(load, text, quotient(median(load, PHAROS, CPU), median(load, peer, CPU)), limit);
  }

  private void highest(String peer, double limit) {
    all.add(
        new Target(
            "highest",
            way,
            "highest rate ≥ " + Numbers.text(limit) + " × " + peer,
            quotient(median("highest", PHAROS, "rate"), median("highest", peer, "rate")),
            Direction.AT_LEAST,
            limit));
  }

  private void zero(String load, String text, String figure) {
    atMost(load, text, results.sum(load, PHAROS, way, figure), 0);
  }

  private void atMost(String load, String text, OptionalDouble figure, double limit) {
    all.add(new Target(load, way, text, figure, Direction.AT_MOST, limit));
  }

  private OptionalDouble median(String load, String server, String figure) {
    return results.median(load, server, way, figure);
  }

  private static OptionalDouble quotient(OptionalDouble one, OptionalDouble other) {
    return one.isPresent() && other.isPresent() && other.getAsDouble() > 0
        ? OptionalDouble.of(one.getAsDouble() / other.getAsDouble())
        : OptionalDouble.empty();
  }
}
