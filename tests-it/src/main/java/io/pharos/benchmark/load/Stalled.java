package io.pharos.benchmark.load;

import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Starter;
import io.pharos.benchmark.server.Way;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * One client of a hundred stops reading; for Pharos also the same without them. For as long as the
 * operating system needs to fill the buffers that Pharos leaves it, and then a write may take:
 * peers that leave it up to 4 MB for each client have not noticed anything by then.
 *
 * <p>The clients fall behind while they are still interpreted code; the warm-up is longer than
 * that.
 */
public final class Stalled implements Scenario {
  private final List<Starter> starters;
  private final Plan plan;

  public Stalled(List<Starter> starters, Plan plan) {
    this.starters = starters;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "stalled";
  }

  @Override
  public void run(Bench bench) {
    for (Starter starter : starters) {
      try (Server server = starter.start()) {
        Servers.warmUp(bench, server, plan);
        for (Way way : Way.values()) {
          if (server.name().equals("Pharos")) {
            for (int repeat = 0; repeat < plan.repeats(); repeat++) {
              bench.keep(
                  "unstalled", server, way, measure(bench, "unstalled", server, way, "--slow=0"));
              keepStalled(bench, server, way);
            }
            bench.profileIfMissed("stalled", server, way, plan.stall() + 60, options(slow()));
          } else {
            keepStalled(bench, server, way);
          }
        }
      }
    }
  }

  private void keepStalled(Bench bench, Server server, Way way) {
    bench.keep("stalled", server, way, measure(bench, "stalled", server, way, slow()));
  }

  private String slow() {
    return "--slow=" + plan.clients() / 100;
  }

  private JsonObject measure(Bench bench, String load, Server server, Way way, String slow) {
    return bench.measure(load, server, way, plan.stall() + 60, options(slow));
  }

  private String[] options(String slow) {
    return new String[] {
      "--clients=" + plan.clients(),
      slow,
      "--rate=60",
      "--size=256",
      "--warmup=" + (plan.warmUp() + plan.heat() / 5) + "s",
      "--duration=" + plan.stall() + "s"
    };
  }
}
