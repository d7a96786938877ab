package io.pharos.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command, before or after its name. */
final class GlobalOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "The server, context root included. Otherwise PHAROS_SERVER, the context's, or"
              + " http://localhost:9080.")
  @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description =
          "What to log in with; @FILE reads it from a file, - from standard input. Otherwise"
              + " PHAROS_TOKEN or the context's.")
  @Nullable String token;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "A server and token kept by 'pharos context'. Otherwise PHAROS_CONTEXT.")
  @Nullable String context;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object a line.")
  boolean json;
}
