package io.pharos.cli;

import io.pharos.cli.context.ContextFile;
import io.pharos.cli.context.Contexts;
import io.pharos.cli.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pharos context use}. */
@Command(name = "use", description = "Takes a context into use for the commands to come.")
final class ContextUseCommand implements Callable<Integer> {
  private final Toolbox tools;

  @Parameters(paramLabel = "NAME", description = "Which one.")
  String name = "";

  ContextUseCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() {
    ContextFile file = tools.contexts();
    Contexts changed = file.read().using(name);
    file.write(changed);
    tools.console().note("using " + changed.inUse());
    return ExitCode.DONE.number();
  }
}
