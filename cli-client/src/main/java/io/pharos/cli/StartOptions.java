package io.pharos.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to begin: one of these, or else now. */
final class StartOptions {
  @Option(
      names = "--since",
      paramLabel = "POSITION",
      description = "Begin after this position: the id of a message, or what a run ended with.")
  @Nullable String since;

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Begin with the last N messages that are retained.")
  @Nullable Long last;

  @Option(names = "--all", description = "Begin with all messages that are retained.")
  boolean all;
}
