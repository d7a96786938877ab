package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.terminal.Console;
import io.pharos.message.DestinationPattern;
import io.pharos.message.UserName;
import io.pharos.security.DevSecret;
import io.pharos.security.KeySource;
import io.pharos.security.Rights;
import io.pharos.security.TokenIssuer;
import jakarta.json.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pharos token create}. */
@Command(
    name = "create",
    description = {
      "Prints a token, signed with a secret that the server knows.",
      "Without --subscribe, --publish and --admin it has the default rights: to read /topic/** and"
          + " the own /user/queue/**, and to send to /app/**."
    })
final class TokenCreateCommand implements Callable<Integer> {
  private final Toolbox tools;

  @Option(names = "--user", required = true, paramLabel = "USER", description = "For whom.")
  String user = "";

  @Option(
      names = "--subscribe",
      paramLabel = "PATTERN",
      description = "What the user may read, such as /topic/**. May be repeated.")
  List<String> subscribe = List.of();

  @Option(
      names = "--publish",
      paramLabel = "PATTERN",
      description = "Where the user may publish. May be repeated.")
  List<String> publish = List.of();

  @Option(names = "--admin", description = "The user may manage the server.")
  boolean admin;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "How long the token holds, such as 15m; default 1h.")
  Duration ttl = Duration.ofHours(1);

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description =
          "The server's pharos.jwt.secret; @FILE reads it from a file, - from standard input."
              + " Otherwise PHAROS_JWT_SECRET, or the secret of a development server.")
  @Nullable String secret;

  @Option(names = "--issuer", paramLabel = "TEXT", description = "The token's iss.")
  @Nullable String issuer;

  @Option(names = "--audience", paramLabel = "TEXT", description = "The token's aud.")
  @Nullable String audience;

  TokenCreateCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException {
    if (ttl.toSeconds() < 1) {
      throw CliException.usage("--ttl must be at least 1s");
    }
    var name = new UserName(user);
    var rights = new Rights(patterns(subscribe), patterns(publish), admin);
    var maker = new TokenIssuer(key(), issuer, audience, Clock.systemUTC());
    boolean defaultRights = subscribe.isEmpty() && publish.isEmpty() && !admin;
    String token = defaultRights ? maker.issue(name, ttl) : maker.issue(name, rights, ttl);
    Console console = tools.console();
    if (console.isJson()) {
      console.line(Json.createObjectBuilder().add("token", token).build());
    } else {
      console.line(token);
    }
    console.flush();
    return ExitCode.DONE.number();
  }

  private KeySource.Secret key() throws IOException {
    String given = secret != null ? secret : tools.environment().variable("PHAROS_JWT_SECRET");
    if (given == null) {
      DevSecret development = DevelopmentSecret.of(tools.environment());
      tools
          .console()
          .note(
              "signed with "
                  + development.file()
                  + ": only a development server on this machine accepts it");
      return read(development);
    }
    String resolved = new SecretArgument(tools.environment()).resolve("the secret", given);
    if (resolved.getBytes(java.nio.charset.StandardCharsets.UTF_8).length < KeySource.MIN_SECRET) {
      throw CliException.usage("the secret must have at least " + KeySource.MIN_SECRET + " bytes");
    }
    return new KeySource.Secret(resolved);
  }

  private static KeySource.Secret read(DevSecret development) {
    try {
      return development.readOrCreate();
    } catch (IOException e) {
      throw CliException.failed("cannot use the development secret: " + e.getMessage(), null);
    }
  }

  private static List<DestinationPattern> patterns(List<String> values) {
    return values.stream().map(DestinationPattern::new).toList();
  }
}
