package io.pharos.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code pharos} command. */
@Command(name = "pharos", version = "pharos 0.1.0", mixinStandardHelpOptions = true)
public final class Main implements Runnable {

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }
}
