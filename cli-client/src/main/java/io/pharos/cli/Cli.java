package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.failure.Failures;
import io.pharos.cli.failure.OutputClosedException;
import io.pharos.cli.terminal.Console;
import io.pharos.cli.terminal.Environment;
import io.pharos.cli.terminal.Interruption;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together, runs one, and ends with its exit code. */
public final class Cli {
  private static final Pattern EXPECTED =
      Pattern.compile("one of \\[([^]]*)\\] \\(case-insensitive\\)");

  private final Environment environment;
  private final GlobalOptions options = new GlobalOptions();
  private final Toolbox tools;
  private final CommandLine commandLine;

  public Cli(Environment environment, Interruption interruption) {
    this.environment = environment;
    this.tools = new Toolbox(environment, interruption, options);
    this.commandLine = commandLine();
  }

  public int run(String... args) {
    return commandLine.execute(args);
  }

  private CommandLine commandLine() {
    var root =
        new CommandLine(new PharosCommand(options))
            .addSubcommand(new PublishCommand(tools))
            .addSubcommand(new SubscribeCommand(tools))
            .addSubcommand(new HistoryCommand(tools))
            .addSubcommand(new PresenceCommand(tools))
            .addSubcommand(new ConnectionsCommand(tools))
            .addSubcommand(new KickCommand(tools))
            .addSubcommand(new QueuesCommand(tools))
            .addSubcommand(new NodesCommand(tools))
            .addSubcommand(new DrainCommand(tools))
            .addSubcommand(new HealthCommand(tools))
            .addSubcommand(group(new TokenCommand(), new TokenCreateCommand(tools)))
            .addSubcommand(
                group(
                    new ContextCommand(),
                    new ContextAddCommand(tools),
                    new ContextUseCommand(tools),
                    new ContextListCommand(tools),
                    new ContextRemoveCommand(tools)))
            .addSubcommand(new BenchCommand(tools))
            .addSubcommand(new CompletionCommand(tools))
            .addSubcommand(new CommandLine.HelpCommand());
    boolean decorated = environment.decorates(environment.terminals().out());
    return root
        // A body or a token may begin with an at sign.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, new DurationConverter())
        .registerConverter(Long.class, NumberConverter.whole(Long::valueOf))
        .registerConverter(int.class, NumberConverter.whole(Integer::valueOf))
        .registerConverter(double.class, new NumberConverter<>(Double::valueOf, "number"))
        .setUsageHelpWidth(100)
        .setColorScheme(Help.defaultColorScheme(decorated ? Help.Ansi.ON : Help.Ansi.OFF))
        .setOut(new PrintWriter(new OutputStreamWriter(environment.out(), StandardCharsets.UTF_8)))
        .setErr(environment.err())
        .setParameterExceptionHandler(this::wrongUsage)
        .setExecutionExceptionHandler(
            (failure, command, result) -> failed(failure, helpOf(command)));
  }

  private static CommandLine group(Object command, Object... subcommands) {
    var group = new CommandLine(command);
    Arrays.stream(subcommands).forEach(group::addSubcommand);
    return group;
  }

  private int wrongUsage(ParameterException failure, String[] args) {
    String hint = helpOf(failure.getCommandLine());
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        hint = "Did you mean '" + suggestions.getFirst() + "'? " + hint;
      }
    }
    boolean json = options.json || Arrays.asList(args).contains("--json");
    String message = plain(Failures.sentence(failure));
    new Console(environment, json).fail(new CliException(ExitCode.USAGE, message, hint));
    return ExitCode.USAGE.number();
  }

  /** Picocli's sentence in the words that are used here: names in lower case, as in --help. */
  private static String plain(String sentence) {
    return EXPECTED
        .matcher(sentence.replaceFirst("^Error: ", ""))
        .replaceFirst(names -> "one of " + names.group(1).toLowerCase(Locale.ROOT));
  }

  private static String helpOf(CommandLine command) {
    return "See '" + command.getCommandSpec().qualifiedName() + " --help'.";
  }

  private int failed(Exception failure, String help) {
    if (failure instanceof OutputClosedException) {
      return ExitCode.DONE.number();
    }
    if (failure instanceof InterruptedException || tools.interruption().isRaised()) {
      return ExitCode.INTERRUPTED.number();
    }
    CliException explained = tools.failures().explain(failure);
    if (explained.exitCode() == ExitCode.USAGE && explained.hint() == null) {
      explained = new CliException(ExitCode.USAGE, explained.message(), help);
    }
    try {
      tools.console().flush();
    } catch (OutputClosedException e) {
      return ExitCode.DONE.number();
    } catch (CliException e) {
      // What failed first is to be told; mostly it is the same.
    }
    tools.console().fail(explained);
    return explained.exitCode().number();
  }
}
