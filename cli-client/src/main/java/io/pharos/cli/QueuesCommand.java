package io.pharos.cli;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.output.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pharos queues}. */
@Command(
    name = "queues",
    description =
        "Prints what the work queues hold, of those that you may read: messages that wait, messages"
            + " that consumers hold, and consumers.")
final class QueuesCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table()
          .column("QUEUE", each -> each.getString("destination", ""))
          .column("DEPTH", each -> Integer.toString(each.getInt("depth", 0)))
          .column("PENDING", each -> Integer.toString(each.getInt("pending", 0)))
          .column("CONSUMERS", each -> Integer.toString(each.getInt("consumers", 0)));

  private final Toolbox tools;

  QueuesCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TABLE.print(new Survey(tools.cluster().queues(), "queues").found(), tools.console());
    tools.console().flush();
    return ExitCode.DONE.number();
  }
}
