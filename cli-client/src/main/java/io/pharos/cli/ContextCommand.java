package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pharos context}. */
@Command(name = "context", description = "Keeps servers and their tokens under names.")
final class ContextCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw CliException.usage("no command given");
  }
}
