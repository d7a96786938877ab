package io.pharos.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Takes nothing. */
final class Failing extends OutputStream {
  private final String reason;

  Failing(String reason) {
    this.reason = reason;
  }

  @Override
  public void write(int b) throws IOException {
    throw new IOException(reason);
  }
}
