package io.pharos.cli.terminal;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a command has from outside, so that a test can be that outside.
 *
 * @param out standard output, unbuffered; must report a closed pipe
 * @param err standard error, flushed for each line
 * @param terminals which of the three are terminals
 * @param home the user's folder as the system knows it
 */
public record Environment(
    InputStream in,
    OutputStream out,
    PrintWriter err,
    Terminals terminals,
    Map<String, String> variables,
    Path home) {

  /** Which streams a person sits at. */
  public record Terminals(boolean in, boolean out, boolean err) {
    public static final Terminals NONE = new Terminals(false, false, false);
  }

  /** The user's folder: {@code HOME}, as for other commands, or else what the system knows. */
  @Override
  public Path home() {
    String told = variable("HOME");
    return told == null ? home : Path.of(told);
  }

  /**
   * A file as an option or a variable names it. No shell has put {@link #home()} in the place of
   * {@code ~} where that is quoted, or stands behind other characters.
   */
  public Path file(String name) {
    return name.startsWith("~/") ? home().resolve(name.replaceFirst("^~/+", "")) : Path.of(name);
  }

  /** A variable's value; null when it is not set or empty. */
  public @Nullable String variable(String name) {
    String value = variables.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Whether decoration is welcome on a stream; see no-color.org. */
  public boolean decorates(boolean terminal) {
    return terminal && variable("NO_COLOR") == null && !"dumb".equals(variable("TERM"));
  }
}
