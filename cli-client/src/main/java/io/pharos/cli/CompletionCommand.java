package io.pharos.cli;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.terminal.Console;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pharos completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options.",
      "For bash: source <(pharos completion bash)",
      "For zsh:  source <(pharos completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Toolbox tools;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.BASH;

  @Spec @Nullable CommandSpec spec;

  /** The shells whose completion is known. */
  enum Shell {
    BASH,
    ZSH;

    /** As on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CompletionCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not called as a command");
    }
    String script = AutoComplete.bash("pharos", spec.root().commandLine());
    Console console = tools.console();
    if (shell == Shell.ZSH) {
      // Zsh runs bash's completions once it is told to.
      console.line("autoload -Uz compinit bashcompinit");
      console.line("(( $+functions[compdef] )) || compinit");
      console.line("bashcompinit");
    }
    console.data(script.getBytes(StandardCharsets.UTF_8));
    console.flush();
    return ExitCode.DONE.number();
  }
}
