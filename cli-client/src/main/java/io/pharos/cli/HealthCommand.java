package io.pharos.cli;

import io.pharos.cli.api.Api;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.terminal.Console;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pharos health}. */
@Command(
    name = "health",
    description = {
      "Says whether the server is live and ready.",
      "The exit code is 1 when it is not."
    })
final class HealthCommand implements Callable<Integer> {
  private final Toolbox tools;

  HealthCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Api api = new Api(tools.anonymous(), tools.http());
    JsonObject live = api.health("/health/live");
    JsonObject ready = api.health("/health/ready");
    boolean up = isUp(live) && isUp(ready);
    if (up) {
      api.find();
    }
    Console console = tools.console();
    if (console.isJson()) {
      console.line(
          Json.createObjectBuilder()
              .add("status", up ? "UP" : "DOWN")
              .add("live", live)
              .add("ready", ready)
              .build());
    } else {
      print("live", live);
      print("ready", ready);
    }
    console.flush();
    if (!up) {
      throw CliException.failed(
          tools.serverName() + " is not " + (isUp(live) ? "ready" : "live"),
          "See the checks that are DOWN, and the server's log.");
    }
    return ExitCode.DONE.number();
  }

  private void print(String kind, JsonObject document) {
    tools.console().line(kind + ": " + document.getString("status", "unknown"));
    if (document.get("checks") instanceof JsonArray checks) {
      for (JsonObject check : checks.getValuesAs(JsonObject.class)) {
        String data = check.get("data") instanceof JsonObject details ? " " + details : "";
        tools
            .console()
            .line(
                "  " + check.getString("name", "?") + ": " + check.getString("status", "?") + data);
      }
    }
  }

  private static boolean isUp(JsonObject document) {
    return document.getString("status", "").equals("UP");
  }
}
