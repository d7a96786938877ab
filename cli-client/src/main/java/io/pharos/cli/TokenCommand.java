package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pharos token}. */
@Command(name = "token", description = "Makes tokens.")
final class TokenCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw CliException.usage("no command given");
  }
}
