package io.pharos.cli;

import io.pharos.cli.api.Login;
import io.pharos.cli.bench.Access;
import io.pharos.cli.bench.BenchException;
import io.pharos.cli.bench.BenchOptions;
import io.pharos.cli.bench.Benchmark;
import io.pharos.cli.bench.Outcome;
import io.pharos.cli.bench.report.CsvReport;
import io.pharos.cli.bench.report.HtmlReport;
import io.pharos.cli.bench.report.JsonReport;
import io.pharos.cli.bench.report.LatencyChart;
import io.pharos.cli.bench.report.TextReport;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.terminal.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pharos bench}. */
@Command(
    name = "bench",
    description = {
      "Measures a server: many clients, and publications at a fixed rate, whatever the server"
          + " does.",
      "Latencies count from when a message should have been sent, so that a stall shows in full."
          + " The exit code is 1 when a client that reads missed a message, or got one twice or out"
          + " of order, and when the server refused a publication."
    })
final class BenchCommand implements Callable<Integer> {
  private final Toolbox tools;

  @Mixin private final BenchOptions options = new BenchOptions();

  @Option(names = "--csv", description = "Print a line of names and a line of values.")
  private boolean csv;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draw the distribution of the latencies.")
  private @Nullable Path svg;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with all figures and the distribution of the latencies.")
  private @Nullable Path html;

  BenchCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws InterruptedException {
    Console console = tools.console();
    if (csv && console.isJson()) {
      throw CliException.usage("--csv and --json exclude each other");
    }
    reports().forEach(ReportFile::check);
    try {
      var benchmark =
          new Benchmark(
              options.load(),
              access(),
              options.publishers(),
              options.serverProcesses(),
              console::note);
      Outcome outcome = benchmark.run();
      print(outcome, console);
      console.flush();
      write(outcome);
      return (outcome.isExact() ? ExitCode.DONE : ExitCode.FAILED).number();
    } catch (BenchException e) {
      throw explained(e);
    } catch (IOException e) {
      throw CliException.failed(String.valueOf(e.getMessage()), null);
    }
  }

  private Access access() {
    if (options.isForAnotherServer()) {
      return options.access("", null);
    }
    Login login = tools.login();
    return options.access(login.server().uri().toString(), login.tokens().token());
  }

  private List<ReportFile> reports() {
    return Stream.of(Optional.ofNullable(svg), Optional.ofNullable(html))
        .flatMap(Optional::stream)
        .map(ReportFile::new)
        .toList();
  }

  private void write(Outcome outcome) {
    if (svg != null) {
      new ReportFile(svg).write(LatencyChart.of(outcome));
    }
    if (html != null) {
      new ReportFile(html).write(HtmlReport.of(outcome));
    }
  }

  private void print(Outcome outcome, Console console) {
    if (console.isJson()) {
      console.line(JsonReport.of(outcome));
    } else if (csv) {
      CsvReport.of(outcome).forEach(console::line);
    } else {
      TextReport.of(outcome).forEach(console::line);
    }
  }

  private static CliException explained(BenchException failure) {
    return switch (failure.kind()) {
      case CANNOT_CONNECT ->
          CliException.cannotConnect(
              "cannot connect " + failure.message(),
              "Is the server running, and does it allow as many connections?");
      case NOT_AUTHORISED ->
          CliException.notAuthorised(
              "not authorised: " + failure.message(),
              "Give a token that may read and publish /topic/bench/** with --token; 'pharos token"
                  + " create' makes one.");
      case FAILED -> CliException.failed(failure.message(), null);
    };
  }
}
