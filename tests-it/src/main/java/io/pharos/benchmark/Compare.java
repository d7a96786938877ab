package io.pharos.benchmark;

import io.pharos.benchmark.load.Bench;
import io.pharos.benchmark.load.FanOut;
import io.pharos.benchmark.load.Groups;
import io.pharos.benchmark.load.HighestRate;
import io.pharos.benchmark.load.Idle;
import io.pharos.benchmark.load.Plan;
import io.pharos.benchmark.load.Progress;
import io.pharos.benchmark.load.Restart;
import io.pharos.benchmark.load.Scenario;
import io.pharos.benchmark.load.Servers;
import io.pharos.benchmark.load.Stalled;
import io.pharos.benchmark.report.Finding;
import io.pharos.benchmark.report.Kept;
import io.pharos.benchmark.report.Page;
import io.pharos.benchmark.report.Results;
import io.pharos.benchmark.server.NchanStarter;
import io.pharos.benchmark.server.PharosStarter;
import io.pharos.benchmark.server.Site;
import io.pharos.benchmark.server.SpringStarter;
import io.pharos.benchmark.server.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the comparison. Arguments: see {@link Options}. */
final class Compare {
  private static final List<String> SCENARIOS =
      List.of("fanout", "highest", "groups", "stalled", "idle", "restart");

  private final Options options;
  private final Plan plan;
  private final Site site;
  private final Kept kept;
  private final Progress progress = new Progress();
  private final List<Starter> starters = new ArrayList<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  private Compare(Options options) throws IOException {
    this.options = options;
    this.plan = options.plan();
    this.site = new Site(options.root(), Files.createDirectories(options.work()));
    this.kept = new Kept(options.results());
  }

  public static void main(String[] arguments) throws IOException {
    Options options;
    try {
      options = Options.of(arguments, SCENARIOS);
    } catch (IllegalArgumentException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(2);
      return;
    }
    // Also when this program is ended by a signal.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () ->
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    System.exit(new Compare(options).run() ? 0 : 1);
  }

  private boolean run() throws IOException {
    boolean whole = options.pageOnly() || scenarios();
    writePage();
    progress.say("wrote " + options.page());
    return whole;
  }

  private boolean scenarios() throws IOException {
    var pharos = new PharosStarter(site);
    for (Starter starter : List.of(pharos, new SpringStarter(site), new NchanStarter(site))) {
      if (starter.missing().isEmpty()) {
        starters.add(starter);
      } else {
        missing.put(starter.name(), starter.missing());
        progress.say(starter.name() + " is missing: " + starter.missing());
      }
    }
    boolean whole = true;
    List<Starter> atOnce =
        starters.contains(pharos) ? List.of(pharos.lettingNothingWait()) : List.of();
    try (var servers = new Servers(starters, plan)) {
      for (Scenario scenario :
          List.of(
              new FanOut(servers, new Servers(atOnce, plan), plan),
              new HighestRate(servers, plan),
              new Groups(servers, plan))) {
        whole &= run(scenario);
      }
    }
    for (Scenario scenario :
        List.of(
            new Stalled(starters, plan),
            new Idle(starters, plan),
            new Restart(site, pharos, plan))) {
      whole &= run(scenario);
    }
    return whole;
  }

  /** Whether it came to its end; another scenario may do so all the same. */
  private boolean run(Scenario scenario) throws IOException {
    if (!options.wants(scenario.name())) {
      return true;
    }
    progress.say("== " + scenario.name());
    long begin = progress.seconds();
    var results = new Results();
    try {
      scenario.run(new Bench(site, results, progress));
    } catch (RuntimeException e) {
      progress.say(scenario.name() + " broke off: " + e);
      return false;
    }
    Map<String, String> leftOut = new LinkedHashMap<>(missing);
    leftOut.putAll(scenario.missing());
    kept.put(
        new Finding(
            scenario.name(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            progress.seconds() - begin,
            about(),
            leftOut,
            results));
    writePage();
    return true;
  }

  private void writePage() throws IOException {
    Path notes = options.root().resolve("tests-it/benchmark/notes.md");
    Files.writeString(options.page(), Page.of(kept.of(SCENARIOS), Files.readString(notes)));
  }

  private List<String> about() throws IOException {
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
                + " after %d s of warm-up, and %d s in each way before the first",
            plan.clients(),
            plan.crowd(),
            plan.repeats(),
            plan.duration(),
            plan.warmUp(),
            plan.heat()));
    return lines;
  }
}
