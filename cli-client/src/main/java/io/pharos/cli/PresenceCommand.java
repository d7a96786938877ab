package io.pharos.cli;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.output.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pharos presence}. */
@Command(
    name = "presence",
    description = {
      "Prints who is subscribed to a destination, by name or by pattern, on all nodes.",
      "The exit code is 1 when a node has not answered."
    })
final class PresenceCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table()
          .column("USER", each -> each.getString("user", ""))
          .column("SESSION", each -> each.getString("session", ""))
          .column("NODE", each -> each.getString("node", ""));

  private final Toolbox tools;

  @Parameters(paramLabel = "DEST", description = "Which destination, such as /topic/chat.")
  String destination = "";

  PresenceCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Destinations.checkLiteral("presence", destination);
    var survey = new Survey(tools.cluster().presence(destination), "subscribers");
    TABLE.print(survey.found(), tools.console());
    tools.console().flush();
    survey.checkComplete();
    return ExitCode.DONE.number();
  }
}
