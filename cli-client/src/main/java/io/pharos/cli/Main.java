package io.pharos.cli;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code pharos} command. */
@Command(name = "pharos", version = "pharos 0.1.0", mixinStandardHelpOptions = true)
public final class Main implements Runnable {

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main())
            .addSubcommand(new BenchCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Duration.class, text -> Duration.parse("PT" + text))
            .execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }
}
