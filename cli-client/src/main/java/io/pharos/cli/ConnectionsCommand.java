package io.pharos.cli;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.output.Table;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code pharos connections}. */
@Command(
    name = "connections",
    description = {
      "Prints every connection, on all nodes. Needs an administrator's token.",
      "The exit code is 1 when a node has not answered."
    })
final class ConnectionsCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table()
          .column("ID", each -> each.getString("id", ""))
          .column("USER", each -> each.getString("user", ""))
          .column("TRANSPORT", each -> each.getString("transport", ""))
          .column("AGE", each -> Age.ofSeconds(each.getInt("ageSeconds", 0)).toString())
          .column("WAITING", each -> Integer.toString(each.getInt("waiting", 0)))
          .column("NODE", each -> each.getString("node", ""))
          .column("SUBSCRIPTIONS", ConnectionsCommand::subscriptions);

  private final Toolbox tools;

  ConnectionsCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var survey = new Survey(tools.cluster().connections(), "connections");
    TABLE.print(survey.found(), tools.console());
    tools.console().flush();
    survey.checkComplete();
    return ExitCode.DONE.number();
  }

  private static String subscriptions(JsonObject connection) {
    return connection.get("subscriptions") instanceof JsonArray all
        ? all.stream()
            .filter(JsonString.class::isInstance)
            .map(each -> ((JsonString) each).getString())
            .collect(Collectors.joining(" "))
        : "";
  }
}
