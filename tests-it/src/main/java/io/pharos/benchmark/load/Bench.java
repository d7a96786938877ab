package io.pharos.benchmark.load;

import io.pharos.benchmark.report.Results;
import io.pharos.benchmark.server.Server;
import io.pharos.benchmark.server.Site;
import io.pharos.benchmark.server.Way;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs {@code pharos bench} in a process of its own, and keeps what it says. */
public final class Bench {
  private final Site site;
  private final Results results;
  private final long begin = System.nanoTime();

  public Bench(Site site, Results results) {
    this.site = site;
    this.results = results;
  }

  /** Runs one load to its end, keeps the figures under the load's name and returns them. */
  Optional<JsonObject> measure(
      String load, Server server, Way way, int seconds, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(
        "--server-pid="
            + String.join(",", server.processes().stream().map(String::valueOf).toList()));
    Optional<JsonObject> figures = start(server, way, all).await(seconds);
    say(
        "%s, %s, %s: %s",
        load, server.name(), way.label(), figures.map(Bench::brief).orElse("did not keep up"));
    return figures;
  }

  void keep(String load, Server server, Way way, Optional<JsonObject> figures) {
    results.add(
        load,
        server.name(),
        way.label(),
        figures.orElse(Json.createObjectBuilder().add("failed", "did not keep up").build()));
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

  /** Tells what goes on, and since when. */
  @SuppressWarnings("AnnotateFormatMethod") // Its annotation would be one more dependency.
  public void say(String format, Object... arguments) {
    long seconds = (System.nanoTime() - begin) / 1_000_000_000;
    System.err.printf(
        "%2d:%02d  %s%n", seconds / 60, seconds % 60, String.format(format, arguments));
  }

  private static String brief(JsonObject figures) {
    return String.format(
        "p99 %s ms, %s µs per delivery, lost %s, out of order %s",
        figures.get("latency_p99_ms"),
        figures.get("server_cpu_us_per_delivery"),
        figures.get("lost"),
        figures.get("out_of_order"));
  }

  /** A run that is under way. */
  record Running(Process process, Path out, Path notes) {
    /** Waits until all clients are subscribed and the first publication is sent. */
    void awaitMeasuring() {
      try {
        while (process.isAlive() && !Files.readString(notes).contains("measuring for")) {
          sleep(100);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The figures; nothing when the run failed or took longer. */
    Optional<JsonObject> await(int seconds) {
      try {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          return Optional.empty();
        }
        String text = Files.readString(out).strip();
        if (text.isEmpty()) {
          System.err.print(Files.readString(notes));
          return Optional.empty();
        }
        try (var reader = Json.createReader(new StringReader(text))) {
          return Optional.of(reader.readObject());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        throw new IllegalStateException(e);
      }
    }
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
