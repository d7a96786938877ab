package io.pharos.cli;

import io.pharos.cli.context.ContextFile;
import io.pharos.cli.context.Contexts;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pharos context remove}. */
@Command(name = "remove", description = "Forgets a context and its token.")
final class ContextRemoveCommand implements Callable<Integer> {
  private final Toolbox tools;

  @Parameters(paramLabel = "NAME", description = "Which one.")
  String name = "";

  ContextRemoveCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() {
    ContextFile file = tools.contexts();
    Contexts contexts = file.read();
    if (contexts.get(name) == null) {
      throw CliException.usage("there is no context '" + name + "'");
    }
    file.write(contexts.without(name));
    tools.console().note("removed " + name);
    return ExitCode.DONE.number();
  }
}
