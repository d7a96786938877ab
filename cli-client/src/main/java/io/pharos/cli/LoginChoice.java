package io.pharos.cli;

import io.pharos.cli.api.DevelopmentTokens;
import io.pharos.cli.api.Login;
import io.pharos.cli.api.ServerAddress;
import io.pharos.cli.api.TokenSource;
import io.pharos.cli.context.Context;
import io.pharos.cli.context.ContextFile;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.terminal.Console;
import io.pharos.cli.terminal.Environment;
import io.pharos.security.DevSecret;
import java.nio.file.Files;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the server and the token. Options come before variables, and variables before the context
 * in use. A context's token goes to the context's server and to no other.
 */
final class LoginChoice {
  static final String DEFAULT_SERVER = "http://localhost:9080";

  private final Environment environment;
  private final GlobalOptions options;
  private final Console console;

  LoginChoice(Environment environment, GlobalOptions options, Console console) {
    this.environment = environment;
    this.options = options;
    this.console = console;
  }

  Login login() {
    Context context = context();
    ServerAddress server = ServerAddress.parse(server(context));
    return new Login(server, tokens(server, context));
  }

  /** The server alone. */
  Login anonymous() {
    return new Login(ServerAddress.parse(server(context())), () -> null);
  }

  private @Nullable Context context() {
    String name =
        options.context != null ? options.context : environment.variable("PHAROS_CONTEXT");
    var contexts = ContextFile.of(environment).read();
    if (name == null) {
      return contexts.inUse();
    }
    Context named = contexts.get(name);
    if (named == null) {
      throw CliException.usage(
          "there is no context '" + name + "': 'pharos context list' names those there are");
    }
    return named;
  }

  private String server(@Nullable Context context) {
    if (options.server != null) {
      return options.server;
    }
    String variable = environment.variable("PHAROS_SERVER");
    if (context != null && (options.context != null || variable == null)) {
      return context.server().toString();
    }
    return variable == null ? DEFAULT_SERVER : variable;
  }

  private TokenSource tokens(ServerAddress server, @Nullable Context context) {
    String token = token(server, context);
    if (token != null) {
      String resolved = new SecretArgument(environment).resolve("the token", token);
      if (!resolved.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw CliException.usage("the token holds a character that no token has");
      }
      return () -> resolved;
    }
    DevSecret secret = DevelopmentSecret.of(environment);
    if (server.isLoopback() && Files.exists(secret.file())) {
      var tokens = new DevelopmentTokens(secret, environment.variable("USER"), Clock.systemUTC());
      console.note("no token given: using one for development, as " + tokens.user());
      return tokens;
    }
    return () -> null;
  }

  private @Nullable String token(ServerAddress server, @Nullable Context context) {
    if (options.token != null) {
      return options.token;
    }
    boolean itsServer = context != null && context.server().equals(server.uri());
    String contextToken = context != null && itsServer ? context.token() : null;
    String variable = environment.variable("PHAROS_TOKEN");
    return contextToken != null && (options.context != null || variable == null)
        ? contextToken
        : variable;
  }
}
