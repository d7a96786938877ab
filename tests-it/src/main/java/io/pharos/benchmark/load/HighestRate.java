package io.pharos.benchmark.load;

import io.pharos.benchmark.report.Figure;
import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Way;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * The highest rate that everybody gets with a p99 below 100 ms, by a search. A rate has failed when
 * it fails twice: one long pause of a busy machine is to end nobody's search.
 */
public final class HighestRate implements Scenario {
  private static final double FIRST = 120;
  private static final double LEAST = 4;
  private static final double MOST = 4000;

  private final Servers servers;
  private final Plan plan;

  public HighestRate(Servers servers, Plan plan) {
    this.servers = servers;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "highest";
  }

  @Override
  public void run(Bench bench) {
    for (Way way : Way.values()) {
      for (int i = 0; i < servers.warm(bench).size(); i++) {
        search(bench, i, way);
      }
    }
    for (Way way : Way.values()) {
      bench.profileIfMissed("highest", servers.warm(bench).getFirst(), way, 60, options(FIRST * 2));
    }
  }

  private void search(Bench bench, int server, Way way) {
    double passed = 0;
    double failed = 0;
    boolean busy = false;
    double rate = FIRST;
    while (rate >= LEAST
        && rate <= MOST
        && (passed == 0 || failed == 0 || failed / passed > plan.precision())) {
      JsonObject figures = probe(bench, server, way, rate);
      if (!keepsUp(figures)) {
        figures = probe(bench, server, way, rate);
      }
      if (keepsUp(figures)) {
        passed = rate;
      } else {
        failed = rate;
        busy = Figure.isClientsTooBusy(figures);
      }
      rate = failed == 0 ? rate * 2 : passed == 0 ? rate / 2 : Math.sqrt(passed * failed);
    }
    Server searched = servers.warm(bench).get(server);
    bench.say("highest rate, %s, %s: %.0f messages/s", searched.name(), way.label(), passed);
    bench.keep(
        "highest",
        searched,
        way,
        Json.createObjectBuilder()
            .add("rate", Math.round(passed))
            .add(Figure.CLIENTS_TOO_BUSY, busy)
            .build());
  }

  private JsonObject probe(Bench bench, int index, Way way, double rate) {
    Server server = servers.warm(bench).get(index);
    JsonObject figures =
        bench.measure(String.format("at %.0f/s", rate), server, way, 25, options(rate));
    servers.renewIfBroken(bench, server, figures);
    if (!keepsUp(figures)) {
      Bench.sleep(1500); // What is left in its queues is not to meet the next run.
    }
    return figures;
  }

  private String[] options(double rate) {
    return new String[] {
      "--clients=" + plan.clients(),
      "--rate=" + rate,
      "--warmup=1s",
      "--duration=" + plan.probe() + "s"
    };
  }

  private static boolean keepsUp(JsonObject figures) {
    return !figures.containsKey(Figure.FAILED)
        && figures.getJsonNumber("lost").longValue() == 0
        && figures.getJsonNumber("refused").longValue() == 0
        && figures.getJsonNumber("latency_p99_ms").doubleValue() < 100;
  }
}
