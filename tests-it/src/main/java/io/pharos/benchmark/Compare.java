package io.pharos.benchmark;

import io.pharos.benchmark.load.Bench;
import io.pharos.benchmark.load.Loads;
import io.pharos.benchmark.load.Plan;
import io.pharos.benchmark.report.Page;
import io.pharos.benchmark.report.Results;
import io.pharos.benchmark.server.NchanStarter;
import io.pharos.benchmark.server.PharosStarter;
import io.pharos.benchmark.server.RedisServer;
import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Site;
import io.pharos.benchmark.server.SpringStarter;
import io.pharos.benchmark.server.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the comparison. Arguments: the project's folder, the page to write, and perhaps {@code
 * --quick} and {@code --loads=NAMES}, some of fanout, groups, highest, stalled, idle, restart.
 */
final class Compare {
  private Compare() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    boolean quick = List.of(arguments).contains("--quick");
    Plan plan = quick ? Plan.quick() : Plan.full();
    Path work = Files.createDirectories(root.resolve("tests-it/target/benchmark"));
    var site = new Site(root, work);
    var results = new Results();
    var bench = new Bench(site, results);
    var loads = new Loads(bench, plan);
    var pharos = new PharosStarter(site);
    Map<String, String> missing = new LinkedHashMap<>();
    List<Starter> starters = new ArrayList<>();
    for (Starter starter : List.of(pharos, new SpringStarter(site), new NchanStarter(site))) {
      if (starter.missing().isEmpty()) {
        starters.add(starter);
      } else {
        missing.put(starter.name(), starter.missing());
        bench.say("%s is missing: %s", starter.name(), starter.missing());
      }
    }
    try {
      List<Server> servers = new ArrayList<>();
      try {
        for (Starter starter : starters) {
          bench.say("starting %s", starter.version());
          servers.add(starter.start());
        }
        if (wants(arguments, "fanout")) {
          loads.warmUp(servers);
          loads.broadcast(servers);
        }
        if (wants(arguments, "groups")) {
          loads.groups(servers);
        }
        if (wants(arguments, "highest")) {
          loads.highestRate(servers);
        }
      } finally {
        servers.forEach(Server::close);
      }
      for (Starter starter : starters) {
        if (wants(arguments, "stalled")) {
          try (Server server = starter.start()) {
            loads.stalled(List.of(server));
          }
        }
        if (wants(arguments, "idle")) {
          loads.idle(starter);
        }
      }
      if (wants(arguments, "restart") && RedisServer.missing(site).isEmpty()) {
        loads.restart(site, pharos);
      }
    } finally {
      Files.writeString(work.resolve("results.json"), results.toJson().toString());
      Path notes = root.resolve("tests-it/benchmark/notes.md");
      Files.writeString(
          Path.of(arguments[1]),
          Page.of(results, about(starters, plan), missing, Files.readString(notes)));
      bench.say("wrote %s", arguments[1]);
    }
  }

  private static boolean wants(String[] arguments, String load) {
    String option = "--loads=";
    return Arrays.stream(arguments)
        .filter(argument -> argument.startsWith(option))
        .allMatch(
            argument -> List.of(argument.substring(option.length()).split(",", -1)).contains(load));
  }

  private static List<String> about(List<Starter> starters, Plan plan) throws IOException {
    List<String> lines = new ArrayList<>(starters.stream().map(Starter::version).toList());
    lines.add(
        "JDK "
            + System.getProperty("java.runtime.version")
            + ", for Pharos, Spring and the clients; `-Xmx2g` each for Pharos and Spring");
    String memory =
        Files.readString(Path.of("/proc/meminfo")).replaceFirst("(?s)MemTotal:\\s+(\\d+).*", "$1");
    lines.add(
        Runtime.getRuntime().availableProcessors()
            + " cores and "
            + Long.parseLong(memory.strip()) / 1_000_000
            + " GB of memory, shared by the server and the clients; Linux "
            + System.getProperty("os.version"));
    lines.add(
        String.format(
            "%,d clients, %,d in groups and idle, half of that in the restart; %d repeats of %d s"
                + " after %d s of warm-up",
            plan.clients(), plan.crowd(), plan.repeats(), plan.duration(), plan.warmUp()));
    return lines;
  }
}
