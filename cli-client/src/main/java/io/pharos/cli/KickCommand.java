package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.failure.ServerRefusedException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pharos kick}. */
@Command(
    name = "kick",
    description = {
      "Ends all connections of a user, or one connection, on whichever node they are.",
      "Needs an administrator's token. Their clients are told, and may connect again as long as"
          + " their tokens hold.",
      "The exit code is 1 when a node has not answered; then repeat it."
    })
final class KickCommand implements Callable<Integer> {
  private final Toolbox tools;

  @ArgGroup(multiplicity = "1")
  Target target = new Target();

  /** Whom it is about: one of the two. */
  static final class Target {
    @Parameters(paramLabel = "USER", description = "Whose connections.")
    @Nullable String user;

    @Option(
        names = "--connection",
        paramLabel = "ID",
        description = "Which one, as 'pharos connections' calls it.")
    @Nullable String connection;
  }

  KickCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonObject answer;
    try {
      answer = end();
    } catch (ServerRefusedException e) {
      if (e.status() == 404 && target.connection != null && e.detail().contains("connection")) {
        throw CliException.failed(
            "there is no connection '" + target.connection + "'", "See 'pharos connections'.");
      }
      if (e.status() == 503) {
        throw CliException.failed(e.detail(), "Try again, or see 'pharos nodes'.");
      }
      throw e;
    }
    if (tools.console().isJson()) {
      tools.console().line(answer);
    } else {
      int ended = answer.getInt("ended", 0);
      tools.console().line(ended == 1 ? "1 connection ended" : ended + " connections ended");
    }
    tools.console().flush();
    return ExitCode.DONE.number();
  }

  private JsonObject end() throws IOException, InterruptedException {
    String user = target.user;
    String connection = target.connection;
    if (connection != null) {
      return tools.cluster().endConnection(notEmpty("--connection", connection));
    }
    return tools.cluster().endUser(notEmpty("USER", user == null ? "" : user));
  }

  private static String notEmpty(String name, String value) {
    if (value.isEmpty()) {
      throw CliException.usage(name + " must not be empty");
    }
    return value;
  }
}
