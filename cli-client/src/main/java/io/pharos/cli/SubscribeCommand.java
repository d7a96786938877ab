package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.output.OutputFormat;
import io.pharos.cli.retry.FirstConnect;
import io.pharos.cli.stream.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pharos subscribe}. */
@Command(
    name = "subscribe",
    description = {
      "Prints messages as they come, until it is interrupted.",
      "Connects again by itself when the connection is lost, with its position, so that no message"
          + " is missed or printed twice. A gap, messages that cannot be had any more, is told on"
          + " standard error; the exit code is then 6 instead of 0."
    })
final class SubscribeCommand implements Callable<Integer> {
  private final Toolbox tools;

  @Parameters(
      arity = "1..*",
      paramLabel = "DEST",
      description =
          "What to follow, such as /topic/news or /user/queue/tasks; * is any one segment, a last"
              + " ** is the rest. With --transport stomp or sockjs also a work queue, /queue/jobs:"
              + " what is printed is taken out of it.")
  List<String> destinations = List.of();

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. An event stream (sse) does not tell"
              + " headers and times, and has a body that is not UTF-8 as a data: URL; STOMP does"
              + " not change it. sockjs is for whoever cannot have a WebSocket: STOMP by"
              + " WebSocket if it works after all, otherwise by HTTP streaming or polling; it"
              + " carries text only.")
  Transport transport = Transport.SSE;

  @Option(names = "--count", paramLabel = "N", description = "Stop after N messages.")
  @Nullable Long count;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "Stop after this time, such as 10s; the exit code is 5 when fewer than --count messages"
              + " came, or none at all.")
  @Nullable Duration timeout;

  @ArgGroup @Nullable StartOptions start;

  @Option(
      names = "--raw",
      description = "Print the bodies' bytes and nothing else, not even line ends.")
  boolean raw;

  @Option(
      names = "--wait",
      description = "Wait for a server that is not there yet, instead of failing at once.")
  boolean await;

  SubscribeCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count != null && count < 1) {
      throw CliException.usage("--count must be at least 1");
    }
    if (raw && tools.options().json) {
      throw CliException.usage("--raw and --json exclude each other");
    }
    List<String> wanted = Destinations.normal(destinations);
    var goal =
        new Goal(
            count == null ? Goal.NO_COUNT : count,
            timeout == null ? Goal.NO_TIMEOUT : timeout,
            System::nanoTime);
    return new SubscribeRun(tools, wanted, transport, goal, format(), firstConnect())
        .run(start == null ? new StartOptions() : start)
        .number();
  }

  private OutputFormat format() {
    if (raw) {
      return OutputFormat.RAW;
    }
    return tools.options().json ? OutputFormat.JSON : OutputFormat.LINES;
  }

  private FirstConnect firstConnect() {
    return await ? FirstConnect.WAIT : FirstConnect.FAIL;
  }
}
