package io.pharos.cli;

import io.pharos.cli.api.Api;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.output.OutputFormat;
import io.pharos.cli.stream.MessageOutput;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.message.Position;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pharos history}. */
@Command(
    name = "history",
    description = {
      "Prints the messages of a destination that are retained, oldest first.",
      "The exit code is 6 when messages after --since are not retained any more."
    })
final class HistoryCommand implements Callable<Integer> {
  private static final int PAGE = 500;

  private final Toolbox tools;

  @Parameters(paramLabel = "DEST", description = "Of which destination, such as /topic/news.")
  String destination = "";

  @ArgGroup @Nullable StartOptions start;

  @Option(names = "--limit", paramLabel = "N", description = "Print no more than N messages.")
  @Nullable Long limit;

  @Option(
      names = "--raw",
      description = "Print the bodies' bytes and nothing else, not even line ends.")
  boolean raw;

  HistoryCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Destinations.checkLiteral("history", destination);
    long left = limit == null ? Long.MAX_VALUE : limit;
    if (left < 0) {
      throw CliException.usage("--limit must not be negative");
    }
    StartOptions from = start == null ? new StartOptions() : start;
    if (from.last != null && from.last < 0) {
      throw CliException.usage("--last must not be negative");
    }
    String after = from.since == null ? null : Position.parse(from.since).toString();
    Api api = tools.api();
    MessageOutput output = format().on(tools.console());
    if (from.last != null) {
      after = HistoryBounds.of(api, destination).beforeLast(from.last).toString();
    }
    boolean missed = false;
    // The last ones are those that are there when they are read: older ones may go meanwhile.
    boolean exact = from.last == null;
    while (left > 0) {
      JsonObject page = api.history(destination, after, (int) Math.min(PAGE, left));
      HistoryPage read = HistoryPage.of(page);
      if (exact && after != null && !read.complete()) {
        missed = true;
        output.gap(
            new Gap(
                null,
                destination,
                read.start(),
                "messages are missing that are no longer retained"));
      }
      exact = true;
      read.messages().forEach(output::message);
      output.flush();
      left -= read.messages().size();
      after = read.last();
      if (after == null || after.equals(read.newest())) {
        break;
      }
    }
    return (missed ? ExitCode.GAP : ExitCode.DONE).number();
  }

  private OutputFormat format() {
    if (raw) {
      return OutputFormat.RAW;
    }
    return tools.options().json ? OutputFormat.JSON : OutputFormat.LINES;
  }
}
