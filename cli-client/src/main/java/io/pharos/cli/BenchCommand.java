package io.pharos.cli;

import io.pharos.cli.bench.BenchException;
import io.pharos.cli.bench.BenchOptions;
import io.pharos.cli.bench.Benchmark;
import io.pharos.cli.bench.Outcome;
import io.pharos.cli.bench.measure.ProcessProbe;
import io.pharos.cli.bench.report.CsvReport;
import io.pharos.cli.bench.report.JsonReport;
import io.pharos.cli.bench.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pharos bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures a server: many clients, and publications at a fixed rate, whatever the server"
          + " does.",
      "Latencies count from when a message should have been sent, so that a stall shows in full."
          + " The exit code is 1 when a client that reads missed a message, or got one twice or out"
          + " of order."
    })
final class BenchCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin BenchOptions options = new BenchOptions();

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:PHAROS_SERVER:-http://localhost:9080}",
      description = "The server. Otherwise PHAROS_SERVER, or http://localhost:9080.")
  String server = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:PHAROS_TOKEN:-}",
      description = "What to log in with. Otherwise PHAROS_TOKEN.")
  @Nullable String token;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(names = "--csv", description = "Print a line of names and a line of values.")
  boolean csv;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProcessProbe probe =
        options.serverProcesses().isEmpty()
            ? null
            : new ProcessProbe(Path.of("/proc"), options.serverProcesses());
    PrintWriter err = spec.commandLine().getErr();
    try {
      String login = token == null || token.isEmpty() ? null : token;
      Outcome outcome =
          new Benchmark(
                  options.load(),
                  options.access(server, login),
                  options.publishers(),
                  probe,
                  err::println)
              .run();
      print(outcome);
      return outcome.isExact() ? 0 : 1;
    } catch (IllegalArgumentException e) {
      err.println("pharos: " + e.getMessage());
      return 2;
    } catch (BenchException e) {
      err.println("pharos: " + e.message());
      return switch (e.kind()) {
        case FAILED -> 1;
        case NOT_AUTHORISED -> 3;
        case CANNOT_CONNECT -> 4;
      };
    }
  }

  private void print(Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonReport.of(outcome));
    } else if (csv) {
      CsvReport.of(outcome).forEach(out::println);
    } else {
      TextReport.of(outcome).forEach(out::println);
    }
  }
}
