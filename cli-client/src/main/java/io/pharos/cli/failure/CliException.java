package io.pharos.cli.failure;

import org.jspecify.annotations.Nullable;

/** A failure that is ready for the person: what happened, what to do next, and the exit code. */
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final @Nullable String hint;

  /**
   * @param message what happened, a sentence without its full stop
   * @param hint what to do next, whole sentences; null when the message says it already
   */
  public CliException(ExitCode exitCode, String message, @Nullable String hint) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  public static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message, null);
  }

  public static CliException failed(String message, @Nullable String hint) {
    return new CliException(ExitCode.FAILED, message, hint);
  }

  public static CliException notAuthorised(String message, @Nullable String hint) {
    return new CliException(ExitCode.NOT_AUTHORISED, message, hint);
  }

  public static CliException cannotConnect(String message, @Nullable String hint) {
    return new CliException(ExitCode.CANNOT_CONNECT, message, hint);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String message() {
    return String.valueOf(getMessage());
  }

  public @Nullable String hint() {
    return hint;
  }
}
