package io.pharos.benchmark.load;

import io.pharos.benchmark.report.Figure;
import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Starter;
import io.pharos.benchmark.server.Way;
import jakarta.json.JsonObject;
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

  /** All of them, warm: compilers have done their work. Which they are may change. */
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

  /**
   * Starts one anew, and warms it up, if a load has broken off on it: some never recover from one
   * that is too much, and would fail at all that comes.
   */
  void renewIfBroken(Bench bench, Server server, JsonObject figures) {
    if (!figures.containsKey(Figure.FAILED)) {
      return;
    }
    int index = running.indexOf(server);
    server.close();
    bench.say("starting %s again", server.name());
    Server next = starters.get(index).start();
    running.set(index, next);
    warmUp(bench, next, plan);
  }

  /** Many clients for each message, and many messages: each has code of its own to compile. */
  static void warmUp(Bench bench, Server server, Plan plan) {
    for (Way way : Way.values()) {
      heat(bench, server, way, plan.heat(), "--clients=" + plan.clients(), "--rate=60");
      heat(bench, server, way, plan.heat() / 2, "--clients=10", "--rate=2000", "--publishers=4");
    }
  }

  private static void heat(Bench bench, Server server, Way way, int seconds, String... load) {
    List<String> options = new ArrayList<>(List.of(load));
    options.add("--warmup=0s");
    options.add("--duration=" + seconds + "s");
    bench.measure("warm-up", server, way, 60 + 2 * seconds, options.toArray(String[]::new));
  }

  /** Ends all; the next that needs them starts them again. */
  @Override
  public void close() {
    running.forEach(Server::close);
    running.clear();
  }
}
