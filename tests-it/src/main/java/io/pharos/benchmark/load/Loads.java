package io.pharos.benchmark.load;

import io.pharos.benchmark.server.PharosServer;
import io.pharos.benchmark.server.PharosStarter;
import io.pharos.benchmark.server.RedisServer;
import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Site;
import io.pharos.benchmark.server.Starter;
import io.pharos.benchmark.server.Way;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The loads, in the order of the report. Servers take turns, so that a drift of the machine meets
 * all.
 */
public final class Loads {
  private final Bench bench;
  private final Plan plan;

  public Loads(Bench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  /** Lets compilers do their work; nothing is kept. */
  public void warmUp(List<Server> servers) {
    for (Server server : servers) {
      for (Way way : Way.values()) {
        bench.measure(
            "warm-up",
            server,
            way,
            60 + 2 * plan.duration(),
            "--clients=" + plan.clients(),
            "--rate=30",
            "--warmup=0s",
            "--duration=" + plan.duration() + "s");
      }
    }
  }

  /** The same messages for everybody, one by one and in bursts. */
  public void broadcast(List<Server> servers) {
    turns("broadcast", servers, plan.repeats(), plan.clients(), "--rate=60");
    turns("burst", servers, plan.repeats(), plan.clients(), "--rate=60", "--burst=10");
  }

  /** Many groups of ten. */
  public void groups(List<Server> servers) {
    turns(
        "groups",
        servers,
        1,
        plan.crowd(),
        "--rate=" + plan.crowd() / 5,
        "--destinations=" + plan.crowd() / 10,
        "--publishers=4");
  }

  /**
   * Some clients stop reading; the same without them. Large messages, so that buffers fill in
   * seconds.
   */
  public void stalled(List<Server> servers) {
    for (Server server : servers) {
      for (Way way : Way.values()) {
        for (int slow :
            server.name().equals("Pharos")
                ? List.of(0, plan.clients() / 100)
                : List.of(plan.clients() / 100)) {
          String load = slow == 0 ? "unstalled" : "stalled";
          bench.keep(
              load,
              server,
              way,
              bench.measure(
                  load,
                  server,
                  way,
                  plan.stall() + 60,
                  "--clients=" + plan.clients(),
                  "--slow=" + slow,
                  "--rate=30",
                  "--size=8192",
                  "--warmup=" + plan.warmUp() + "s",
                  "--duration=" + plan.stall() + "s"));
        }
      }
    }
  }

  private void turns(
      String load, List<Server> servers, int repeats, int clients, String... options) {
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (Way way : Way.values()) {
        for (Server server : servers) {
          List<String> all = new ArrayList<>(List.of(options));
          all.addAll(
              List.of(
                  "--clients=" + clients,
                  "--warmup=" + plan.warmUp() + "s",
                  "--duration=" + plan.duration() + "s"));
          bench.keep(
              load,
              server,
              way,
              bench.measure(
                  load,
                  server,
                  way,
                  plan.warmUp() + plan.duration() + 60,
                  all.toArray(String[]::new)));
        }
      }
    }
  }

  /** The highest rate that everybody gets with a p99 below 100 ms, to a tenth. */
  public void highestRate(List<Server> servers) {
    for (Way way : Way.values()) {
      for (Server server : servers) {
        double passed = 0;
        double failed = 0;
        double rate = 60;
        while (rate >= 4
            && rate <= 4000
            && (passed == 0 || failed == 0 || failed / passed > plan.precision())) {
          Optional<JsonObject> figures = probe(server, way, rate);
          if (figures.isPresent() && keepsUp(figures.get())) {
            passed = rate;
          } else {
            failed = rate;
            Bench.sleep(2000); // What is left in its queues is not to meet the next run.
          }
          rate = failed == 0 ? rate * 2 : passed == 0 ? rate / 2 : Math.sqrt(passed * failed);
        }
        bench.say("highest rate, %s, %s: %.0f messages/s", server.name(), way.label(), passed);
        bench.keep(
            "highest",
            server,
            way,
            Optional.of(Json.createObjectBuilder().add("rate", Math.round(passed)).build()));
      }
    }
  }

  private Optional<JsonObject> probe(Server server, Way way, double rate) {
    return bench.measure(
        String.format("at %.0f/s", rate),
        server,
        way,
        25,
        "--clients=" + plan.clients(),
        "--rate=" + rate,
        "--warmup=2s",
        "--duration=4s");
  }

  private static boolean keepsUp(JsonObject figures) {
    return figures.getJsonNumber("lost").longValue() == 0
        && figures.getJsonNumber("refused").longValue() == 0
        && figures.getJsonNumber("latency_p99_ms").doubleValue() < 100;
  }

  /**
   * Many clients that nothing is sent to: memory after garbage collection, and what heart-beats
   * cost.
   */
  public void idle(Starter starter) {
    for (Way way : Way.values()) {
      try (Server server = starter.start(Map.of("PHAROS_HEARTBEAT", plan.heartBeat() + "s"))) {
        bench
            .start(
                server, way, List.of("--clients=200", "--rate=20", "--warmup=1s", "--duration=2s"))
            .await(60);
        server.collectGarbage();
        double before = resident(server);
        int sits = plan.heartBeat() + 12;
        var crowd =
            bench.start(
                server,
                way,
                List.of(
                    "--clients=" + plan.crowd(),
                    "--warmup=0s",
                    "--duration=" + sits + "s",
                    "--rate=" + 1.0 / sits));
        crowd.awaitMeasuring();
        Bench.sleep(3000);
        server.collectGarbage();
        double after = resident(server);
        double cpu = cpuSeconds(server);
        Bench.sleep(plan.heartBeat() * 1000L);
        double share = (cpuSeconds(server) - cpu) / plan.heartBeat() * 100;
        boolean all =
            crowd.await(90).map(f -> f.getJsonNumber("lost").longValue() == 0).orElse(false);
        double each = (after - before) / plan.crowd();
        bench.say(
            "idle, %s, %s: %.1f KB each, %.2f %% of a core",
            server.name(), way.label(), each, share);
        bench.keep(
            "idle",
            server,
            way,
            all
                ? Optional.of(
                    Json.createObjectBuilder()
                        .add("kb_each", round(each))
                        .add("core_percent", round(share))
                        .add("rss_mb", round(after / 1024))
                        .build())
                : Optional.empty());
      }
    }
  }

  /**
   * A node dies and comes back; its clients return with their positions, while another node
   * publishes.
   */
  public void restart(Site site, PharosStarter starter) {
    for (Way way : Way.values()) {
      try (var redis = RedisServer.start(site);
          PharosServer stays = starter.start(Map.of("PHAROS_REDIS_URL", redis.url()));
          PharosServer dies = starter.start(Map.of("PHAROS_REDIS_URL", redis.url()))) {
        var run =
            bench.start(
                dies,
                way,
                List.of(
                    "--publish-url=" + stays.publishUrl(),
                    "--resume=lost",
                    "--clients=" + plan.crowd() / 2,
                    "--destinations=" + plan.crowd() / 200,
                    "--rate=" + plan.crowd() / 100,
                    "--warmup=" + plan.warmUp() + "s",
                    "--duration=45s"));
        run.awaitMeasuring();
        Bench.sleep(3000);
        dies.crashAndRestart();
        Optional<JsonObject> figures = run.await(120);
        bench.say(
            "restart, %s: %s",
            way.label(),
            figures
                .map(
                    f ->
                        f.get("readers_returned")
                            + " back, lost "
                            + f.get("lost")
                            + ", twice "
                            + f.get("duplicated"))
                .orElse("failed"));
        bench.keep("restart", dies, way, figures);
      }
    }
  }

  private static double resident(Server server) {
    return server.processes().stream()
        .mapToDouble(p -> field(Path.of("/proc/" + p + "/status"), "(?s).*VmRSS:\\s+(\\d+).*"))
        .sum();
  }

  private static double cpuSeconds(Server server) {
    return server.processes().stream()
            .mapToDouble(
                p -> {
                  Path stat = Path.of("/proc/" + p + "/stat");
                  String fields = "(?s).*\\) \\S(?: \\S+){10} ";
                  return field(stat, fields + "(\\d+).*") + field(stat, fields + "\\d+ (\\d+).*");
                })
            .sum()
        / 100;
  }

  private static double field(Path file, String pattern) {
    try {
      return Double.parseDouble(Files.readString(file).replaceFirst(pattern, "$1").strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
