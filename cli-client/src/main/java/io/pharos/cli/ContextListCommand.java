package io.pharos.cli;

import io.pharos.cli.context.Context;
import io.pharos.cli.context.Contexts;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.terminal.Console;
import jakarta.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pharos context list}. */
@Command(
    name = "list",
    description = "Prints the contexts, the one in use with a star. Tokens are not shown.")
final class ContextListCommand implements Callable<Integer> {
  private final Toolbox tools;

  ContextListCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() {
    Contexts contexts = tools.contexts().read();
    Console console = tools.console();
    for (Context context : contexts.all()) {
      boolean current = context.name().equals(contexts.current());
      if (console.isJson()) {
        console.line(
            Json.createObjectBuilder()
                .add("name", context.name())
                .add("server", context.server().toString())
                .add("current", current)
                .add("hasToken", context.token() != null)
                .build());
      } else {
        console.line((current ? "* " : "  ") + context.name() + "  " + context.server());
      }
    }
    console.flush();
    if (contexts.all().isEmpty()) {
      console.note("there are no contexts; 'pharos context add' makes one");
    }
    return ExitCode.DONE.number();
  }
}
