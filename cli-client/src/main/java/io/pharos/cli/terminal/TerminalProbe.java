package io.pharos.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds out which standard streams are terminals. {@link System#console()} cannot tell: it looks at
 * two streams at once and, since Java 22, may exist without any terminal. So the launcher asks the
 * shell and says it in the property {@value #PROPERTY}; without it, Linux's {@code /proc} knows.
 */
public final class TerminalProbe {
  /** The numbers of the streams that are terminals, such as {@code 02}. */
  static final String PROPERTY = "pharos.terminals";

  private final Path descriptors;

  public TerminalProbe() {
    this(Path.of("/proc/self/fd"));
  }

  TerminalProbe(Path descriptors) {
    this.descriptors = descriptors;
  }

  public Environment.Terminals probe() {
    return new Environment.Terminals(isTerminal(0), isTerminal(1), isTerminal(2));
  }

  private boolean isTerminal(int stream) {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return told.indexOf('0' + stream) >= 0;
    }
    try {
      String target = Files.readSymbolicLink(descriptors.resolve("" + stream)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
