package io.pharos.benchmark.load;

import io.pharos.benchmark.report.Figure;
import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Starter;
import io.pharos.benchmark.server.Way;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Many clients that nothing is sent to: memory after garbage collection, and what heart-beats cost
 * for as long as everybody gets one. Only Pharos sends any.
 */
public final class Idle implements Scenario {
  private static final int CONNECT = 40;

  /** For how many rounds of heart-beats is waited, and how many are then measured. */
  private static final int ROUNDS = 2;

  private final List<Starter> starters;
  private final Plan plan;

  public Idle(List<Starter> starters, Plan plan) {
    this.starters = starters;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public void run(Bench bench) {
    for (Starter starter : starters) {
      for (Way way : Way.values()) {
        try (Server server = starter.start(Map.of("PHAROS_HEARTBEAT", plan.heartBeat() + "s"))) {
          measure(bench, server, way);
        }
      }
    }
  }

  private void measure(Bench bench, Server server, Way way) {
    String few = "--clients=" + plan.clients() / 5;
    bench.start(server, way, List.of(few, "--rate=20", "--warmup=1s", "--duration=2s")).await(60);
    server.collectGarbage();
    double before = Usage.residentKilobytes(server);
    int beats = server.name().equals("Pharos") ? ROUNDS * plan.heartBeat() : 2;
    // One message at the end shows who is still there.
    // What it takes to connect so many, and the first beats, is work for the JIT compiler.
    int rests = plan.heat() / 2 + beats;
    int sits = rests + beats + 8;
    Running crowd =
        bench.start(
            server,
            way,
            List.of(
                "--clients=" + plan.crowd(),
                "--warmup=0s",
                "--duration=" + sits + "s",
                "--rate=" + 1.0 / sits));
    crowd.awaitMeasuring();
    Bench.sleep(rests * 1000L);
    server.collectGarbage();
    double after = Usage.residentKilobytes(server);
    double cpu = Usage.cpuSeconds(server);
    Bench.sleep(beats * 1000L);
    double share = (Usage.cpuSeconds(server) - cpu) / beats * 100;
    String heap = server.heap();
    JsonObject end = crowd.await(sits + CONNECT);
    double each = (after - before) / plan.crowd();
    bench.say(
        "idle, %s, %s: %.1f KB each, %.2f %% of a core", server.name(), way.label(), each, share);
    bench.keep("idle", server, way, figures(end, each, share, after / 1024));
    bench.explainIfMissed("idle", way, heap);
  }

  private static JsonObject figures(JsonObject end, double each, double share, double all) {
    if (end.containsKey(Figure.FAILED)) {
      return end;
    }
    if (end.getInt("lost") > 0) {
      return Figure.failed("not all clients stayed");
    }
    return Json.createObjectBuilder()
        .add("kb_each", round(each))
        .add("core_percent", round(share))
        .add("rss_mb", round(all))
        .build();
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
