package io.pharos.cli.failure;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Whoever read standard output has gone: the command has no reason to go on. */
public final class OutputClosedException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  public OutputClosedException(IOException cause) {
    super(cause);
  }
}
