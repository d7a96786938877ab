package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pharos drain}. */
@Command(
    name = "drain",
    description = {
      "Sends the clients of one node away, spread over some time; it is not ready from then on.",
      "Which node is that of --server: name it directly, not a load balancer. Needs an"
          + " administrator's token."
    })
final class DrainCommand implements Callable<Integer> {
  private static final int MOST = 3600;

  private final Toolbox tools;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Over how long, 0 to 3600 (default ${DEFAULT-VALUE}).")
  int seconds = 30;

  DrainCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 0 || seconds > MOST) {
      throw CliException.usage("--seconds must be 0 to " + MOST);
    }
    JsonObject answer = tools.cluster().drain(seconds);
    if (tools.console().isJson()) {
      tools.console().line(answer);
    } else {
      int clients = answer.getInt("connections", 0);
      tools
          .console()
          .line(
              "Draining: "
                  + (clients == 1 ? "1 client goes" : clients + " clients go")
                  + " within "
                  + (seconds == 1 ? "1 second" : seconds + " seconds"));
    }
    tools.console().flush();
    return ExitCode.DONE.number();
  }
}
