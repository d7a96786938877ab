package io.pharos.cli;

import io.pharos.cli.bench.BenchException;
import io.pharos.cli.bench.BenchOptions;
import io.pharos.cli.bench.Benchmark;
import io.pharos.cli.bench.Outcome;
import io.pharos.cli.bench.measure.ProcessProbe;
import io.pharos.cli.bench.report.CsvReport;
import io.pharos.cli.bench.report.JsonReport;
import io.pharos.cli.bench.report.TextReport;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.terminal.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pharos bench}. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measures a server: many clients, and publications at a fixed rate, whatever the server"
          + " does.",
      "Latencies count from when a message should have been sent, so that a stall shows in full."
          + " The exit code is 1 when a client that reads missed a message, or got one twice or out"
          + " of order."
    })
final class BenchCommand implements Callable<Integer> {
  private final Toolbox tools;
  @Mixin BenchOptions options = new BenchOptions();

  @Option(names = "--csv", description = "Print a line of names and a line of values.")
  boolean csv;

  BenchCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProcessProbe probe =
        options.serverProcesses().isEmpty()
            ? null
            : new ProcessProbe(Path.of("/proc"), options.serverProcesses());
    String server = tools.login().server().toString();
    String token = tools.login().tokens().token();
    try {
      Outcome outcome =
          new Benchmark(
                  options.load(),
                  options.access(server, token),
                  options.publishers(),
                  probe,
                  tools.console()::note)
              .run();
      print(outcome);
      return (outcome.isExact() ? ExitCode.DONE : ExitCode.FAILED).number();
    } catch (BenchException e) {
      throw explained(e);
    }
  }

  private static CliException explained(BenchException failure) {
    ExitCode code =
        switch (failure.kind()) {
          case FAILED -> ExitCode.FAILED;
          case NOT_AUTHORISED -> ExitCode.NOT_AUTHORISED;
          case CANNOT_CONNECT -> ExitCode.CANNOT_CONNECT;
        };
    return new CliException(code, failure.message(), null);
  }

  private void print(Outcome outcome) {
    Console console = tools.console();
    if (console.isJson()) {
      console.line(JsonReport.of(outcome));
    } else if (csv) {
      CsvReport.of(outcome).forEach(console::line);
    } else {
      TextReport.of(outcome).forEach(console::line);
    }
    console.flush();
  }
}
