package io.pharos.benchmark.load;

import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Way;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The same messages for everybody, one by one and in bursts. */
public final class FanOut implements Scenario {
  private final Servers servers;
  private final Plan plan;

  public FanOut(Servers servers, Plan plan) {
    this.servers = servers;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public void run(Bench bench) {
    turns(bench, "broadcast", servers, plan, plan.repeats(), clients(), "--rate=60");
    turns(bench, "burst", servers, plan, plan.repeats(), clients(), "--rate=60", "--burst=10");
  }

  private String clients() {
    return "--clients=" + plan.clients();
  }

  /** One load on every server in turn, so many times, and a profile of what misses its target. */
  static void turns(
      Bench bench, String load, Servers servers, Plan plan, int repeats, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--warmup=" + plan.warmUp() + "s");
    all.add("--duration=" + plan.duration() + "s");
    String[] complete = all.toArray(String[]::new);
    int patience = plan.warmUp() + plan.duration() + 60;
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (Way way : Way.values()) {
        for (Server server : List.copyOf(servers.warm(bench))) {
          JsonObject figures = bench.measure(load, server, way, patience, complete);
          bench.keep(load, server, way, figures);
          servers.renewIfBroken(bench, server, figures);
        }
      }
    }
    // WebSockets first: that the clients of event streams have gone, the server notices late.
    for (Way way : List.of(Way.values()).reversed()) {
      bench.profileIfMissed(load, servers.warm(bench).getFirst(), way, patience, complete);
    }
  }
}
