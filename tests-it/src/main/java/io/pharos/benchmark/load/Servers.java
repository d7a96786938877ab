package io.pharos.benchmark.load;

import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Starter;
import io.pharos.benchmark.server.Way;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers that several scenarios share. They run at the same time and take turns, so that a
 * drift of the machine meets all; one that nobody talks to costs next to nothing.
 */
public final class Servers implements AutoCloseable {
  private final List<Starter> starters;
  private final Plan plan;
  private final List<Server> running = new ArrayList<>();

  public Servers(List<Starter> starters, Plan plan) {
    this.starters = starters;
    this.plan = plan;
  }

  /** All of them, warm: compilers have done their work. */
  List<Server> warm(Bench bench) {
    if (running.isEmpty()) {
      for (Starter starter : starters) {
        bench.say("starting %s", starter.version());
        running.add(starter.start());
      }
      running.forEach(server -> warmUp(bench, server, plan));
    }
    return running;
  }

  static void warmUp(Bench bench, Server server, Plan plan) {
    for (Way way : Way.values()) {
      bench.measure(
          "warm-up",
          server,
          way,
          60 + 2 * plan.heat(),
          "--clients=" + plan.clients(),
          "--rate=60",
          "--warmup=0s",
          "--duration=" + plan.heat() + "s");
    }
  }

  /** Ends all; the next that needs them starts them again. */
  @Override
  public void close() {
    running.forEach(Server::close);
    running.clear();
  }
}
