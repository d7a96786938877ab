package io.pharos.cli;

import io.pharos.cli.api.Api;
import io.pharos.cli.api.ClusterApi;
import io.pharos.cli.api.HttpTransport;
import io.pharos.cli.api.Login;
import io.pharos.cli.context.ContextFile;
import io.pharos.cli.failure.Failures;
import io.pharos.cli.terminal.Console;
import io.pharos.cli.terminal.Environment;
import io.pharos.cli.terminal.Interruption;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What commands work with, made when it is first needed, after the options are known. */
final class Toolbox {
  private final Environment environment;
  private final Interruption interruption;
  private final GlobalOptions options;
  private @Nullable Console console;
  private @Nullable Login login;
  private @Nullable HttpTransport http;

  Toolbox(Environment environment, Interruption interruption, GlobalOptions options) {
    this.environment = environment;
    this.interruption = interruption;
    this.options = options;
  }

  Environment environment() {
    return environment;
  }

  Interruption interruption() {
    return interruption;
  }

  GlobalOptions options() {
    return options;
  }

  Console console() {
    Console made = console;
    if (made == null) {
      made = new Console(environment, options.json);
      console = made;
    }
    return made;
  }

  ContextFile contexts() {
    return ContextFile.of(environment);
  }

  HttpTransport http() {
    HttpTransport made = http;
    if (made == null) {
      made = new HttpTransport();
      http = made;
    }
    return made;
  }

  /** The server, and what to log in with there. */
  Login login() {
    Login made = login;
    if (made == null) {
      made = new LoginChoice(environment, options, console()).login();
      login = made;
    }
    return made;
  }

  /** The server, for calls that need no token. */
  Login anonymous() {
    Login made = login;
    if (made == null) {
      made = new LoginChoice(environment, options, console()).anonymous();
      login = made;
    }
    return made;
  }

  Api api() {
    return new Api(login(), http());
  }

  ClusterApi cluster() {
    return new ClusterApi(login(), http());
  }

  /** Explains what goes wrong with the server. */
  Failures failures() {
    return new Failures(serverName());
  }

  /** What to call the server in a sentence. */
  URI serverName() {
    return login == null ? URI.create(LoginChoice.DEFAULT_SERVER) : login.server().uri();
  }
}
