package io.pharos.cli;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.output.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pharos nodes}. */
@Command(
    name = "nodes",
    description = "Prints the nodes that are alive. Needs an administrator's token.")
final class NodesCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table()
          .column("ID", each -> each.getString("id", ""))
          .column("VERSION", each -> each.getString("version", ""))
          .column("STARTED", each -> each.getString("startedAt", ""))
          .column("CONNECTIONS", each -> Integer.toString(each.getInt("connections", 0)))
          .column("STATE", each -> each.getBoolean("draining", false) ? "draining" : "serving");

  private final Toolbox tools;

  NodesCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TABLE.print(new Survey(tools.cluster().nodes(), "nodes").found(), tools.console());
    tools.console().flush();
    return ExitCode.DONE.number();
  }
}
