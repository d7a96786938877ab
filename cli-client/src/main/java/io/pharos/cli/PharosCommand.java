package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** {@code pharos} itself: what all commands share. */
@Command(
    name = "pharos",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Publishes and follows messages of a Pharos server.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:the command line is wrong",
      "3:not authorised",
      "4:cannot connect",
      "5:timed out with too few messages",
      "6:a gap: messages were missed that cannot be replayed",
      "130:interrupted"
    })
final class PharosCommand implements Callable<Integer> {
  @Mixin final GlobalOptions options;

  PharosCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    throw CliException.usage("no command given");
  }
}
