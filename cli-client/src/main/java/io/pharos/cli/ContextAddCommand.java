package io.pharos.cli;

import io.pharos.cli.api.ServerAddress;
import io.pharos.cli.context.Context;
import io.pharos.cli.context.ContextFile;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pharos context add}. */
@Command(
    name = "add",
    description = {
      "Keeps --server, and --token if there is one, under a name; replaces what was there.",
      "The first one is in use from then on."
    })
final class ContextAddCommand implements Callable<Integer> {
  private final Toolbox tools;

  @Parameters(paramLabel = "NAME", description = "What to call it.")
  String name = "";

  ContextAddCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() {
    String server = tools.options().server;
    if (server == null) {
      throw CliException.usage("which server? Give it with --server");
    }
    String token = tools.options().token;
    String resolved =
        token == null ? null : new SecretArgument(tools.environment()).resolve("the token", token);
    var context = new Context(name, ServerAddress.parse(server).uri(), resolved);
    ContextFile file = tools.contexts();
    file.write(file.read().with(context));
    tools.console().note("added " + context);
    return ExitCode.DONE.number();
  }
}
