package io.pharos.benchmark.load;

import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Way;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The same messages for everybody, one by one and in bursts. */
public final class FanOut implements Scenario {
  private final Servers servers;
  private final Servers others;
  private final Plan plan;

  /**
   * @param others that take part in this alone; ended with it
   */
  public FanOut(Servers servers, Servers others, Plan plan) {
    this.servers = servers;
    this.others = others;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public void run(Bench bench) {
    List<Servers> all = List.of(servers, others);
    try (others) {
      turns(bench, "broadcast", all, plan, plan.repeats(), clients(), "--rate=60");
      turns(bench, "burst", all, plan, plan.repeats(), clients(), "--rate=60", "--burst=10");
    }
  }

  private String clients() {
    return "--clients=" + plan.clients();
  }

  /**
   * One load on every server in turn, so many times, and a profile of what misses its target: of
   * the very first server.
   */
  static void turns(
      Bench bench, String load, List<Servers> servers, Plan plan, int repeats, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--warmup=" + plan.warmUp() + "s");
    all.add("--duration=" + plan.duration() + "s");
    String[] complete = all.toArray(String[]::new);
    int patience = plan.warmUp() + plan.duration() + 60;
    // All of them, before any is measured.
    servers.forEach(some -> some.warm(bench));
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (Way way : Way.values()) {
        for (Servers some : servers) {
          for (Server server : List.copyOf(some.warm(bench))) {
            JsonObject figures = bench.measure(load, server, way, patience, complete);
            bench.keep(load, server, way, figures);
            some.renewIfBroken(bench, server, figures);
          }
        }
      }
    }
    // WebSockets first: that the clients of event streams have gone, the server notices late.
    for (Way way : List.of(Way.values()).reversed()) {
      Server first = servers.getFirst().warm(bench).getFirst();
      bench.profileIfMissed(load, first, way, patience, complete);
    }
  }
}
