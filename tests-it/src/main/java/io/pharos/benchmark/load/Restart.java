package io.pharos.benchmark.load;

import io.pharos.benchmark.report.Figure;
import io.pharos.benchmark.server.PharosServer;
import io.pharos.benchmark.server.PharosStarter;
import io.pharos.benchmark.server.RedisServer;
import io.pharos.benchmark.server.Site;
import io.pharos.benchmark.server.Way;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A node dies and comes back; its clients return with their positions, while another node
 * publishes.
 */
public final class Restart implements Scenario {
  private static final String PEERS = "keeps nothing for clients that come back after a restart";

  /** The bench waits a minute for clients that are away, and then for what they missed. */
  private static final int LONGEST_RETURN = 150;

  private final Site site;
  private final PharosStarter starter;
  private final Plan plan;

  public Restart(Site site, PharosStarter starter, Plan plan) {
    this.site = site;
    this.starter = starter;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public Map<String, String> missing() {
    String redis = RedisServer.missing(site);
    return redis.isEmpty()
        ? Map.of("Spring", PEERS, "Nchan", PEERS)
        : Map.of("Spring", PEERS, "Nchan", PEERS, "Pharos", redis);
  }

  @Override
  public void run(Bench bench) {
    if (!RedisServer.missing(site).isEmpty()) {
      bench.say("no restart: %s", RedisServer.missing(site));
      return;
    }
    for (Way way : Way.values()) {
      try (var redis = RedisServer.start(site);
          PharosServer stays = starter.start(Map.of("PHAROS_REDIS_URL", redis.url()));
          PharosServer dies = starter.start(Map.of("PHAROS_REDIS_URL", redis.url()))) {
        Running run =
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
                    "--duration=" + plan.restart() + "s"));
        run.awaitMeasuring();
        Bench.sleep(3000);
        dies.crashAndRestart();
        JsonObject figures = run.await(plan.restart() + LONGEST_RETURN);
        bench.say(
            "restart, %s: %s",
            way.label(),
            figures.containsKey(Figure.FAILED)
                ? figures.getString(Figure.FAILED)
                : figures.get("readers_returned")
                    + " back, lost "
                    + figures.get("lost")
                    + ", twice "
                    + figures.get("duplicated"));
        bench.keep("restart", dies, way, figures);
      }
    }
  }
}
