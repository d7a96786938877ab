package io.pharos.benchmark.load;

import io.pharos.benchmark.report.Figure;
import io.pharos.benchmark.report.Results;
import io.pharos.benchmark.report.Targets;
import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Site;
import io.pharos.benchmark.server.Way;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code pharos bench} in processes of its own, and keeps what they say. */
public final class Bench {
  private final Site site;
  private final Results results;
  private final Progress progress;

  /** Keeps in the given results what one scenario brings. */
  public Bench(Site site, Results results, Progress progress) {
    this.site = site;
    this.results = results;
    this.progress = progress;
  }

  /** Runs one load to its end and returns the figures, or why there are none. */
  JsonObject measure(String load, Server server, Way way, int seconds, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(
        "--server-pid="
            + String.join(",", server.processes().stream().map(String::valueOf).toList()));
    JsonObject figures = start(server, way, all).await(seconds);
    say("%s, %s, %s: %s", load, server.name(), way.label(), brief(figures));
    return figures;
  }

  void keep(String load, Server server, Way way, JsonObject figures) {
    results.add(load, server.name(), way.label(), figures);
  }

  /** Puts a load once more on a server that missed its target with it, to see where time goes. */
  void profileIfMissed(String load, Server server, Way way, int seconds, String... options) {
    if (Targets.missed(results, load, way.label())) {
      server.beginProfile();
      JsonObject figures = measure(load + " with a profile", server, way, seconds, options);
      String profile = server.endProfile();
      if (!figures.containsKey(Figure.FAILED)) {
        results.profile(load, way.label(), profile);
      }
    }
  }

  /**
   * Keeps what was seen inside the server while it missed a target, and nothing otherwise. Those
   * that targets are not about show nothing of themselves.
   */
  void explainIfMissed(String load, Way way, String seen) {
    if (!seen.isEmpty() && Targets.missed(results, load, way.label())) {
      results.profile(load, way.label(), seen);
    }
  }

  Running start(Server server, Way way, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                site.java(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                site.commandLine().toString(),
                "io.pharos.cli.Main",
                "bench",
                "--json"));
    command.addAll(server.access(way));
    command.addAll(options);
    Path out = site.work().resolve("bench.json");
    Path notes = site.work().resolve("bench.log");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(notes.toFile())
              .start();
      return new Running(process, out, notes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells what goes on. */
  @SuppressWarnings("AnnotateFormatMethod") // Its annotation would be one more dependency.
  void say(String format, Object... arguments) {
    progress.say(String.format(format, arguments));
  }

  private static String brief(JsonObject figures) {
    if (figures.containsKey(Figure.FAILED)) {
      return "failed: " + figures.getString(Figure.FAILED);
    }
    return String.format(
        "p99 %s ms, %s µs per delivery, lost %s, out of order %s%s",
        figures.get("latency_p99_ms"),
        figures.get("server_cpu_us_per_delivery"),
        figures.get("lost"),
        figures.get("out_of_order"),
        Figure.isClientsTooBusy(figures) ? " (clients too busy)" : "");
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
