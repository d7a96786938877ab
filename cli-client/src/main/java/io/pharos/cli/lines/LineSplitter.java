package io.pharos.cli.lines;

import io.pharos.cli.failure.CliException;
import io.pharos.message.Body;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Cuts input into lines at LF and CRLF, however it is split into chunks. A last line counts without
 * its end, unless it is empty. Not thread-safe.
 */
final class LineSplitter {
  /** Longest line in bytes: no server takes a message that is longer. */
  static final int MAX_LINE = 1 << 20;

  private final LineTaker taker;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream(256);
  private long number;

  /** Takes lines in their order. */
  @FunctionalInterface
  interface LineTaker {
    void line(Line line) throws InterruptedException;
  }

  LineSplitter(LineTaker taker) {
    this.taker = taker;
  }

  /**
   * @throws CliException when a line is too long; all lines before it were taken
   */
  void feed(byte[] chunk, int count) throws InterruptedException {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        append(chunk, start, i);
        endLine();
        start = i + 1;
      }
    }
    append(chunk, start, count);
  }

  /** There is no more input. */
  void end() throws InterruptedException {
    if (part.size() > 0) {
      endLine();
    }
  }

  private void append(byte[] chunk, int from, int to) {
    if (part.size() + to - from > MAX_LINE + 1) {
      throw tooLong();
    }
    part.write(chunk, from, to - from);
  }

  private void endLine() throws InterruptedException {
    byte[] bytes = part.toByteArray();
    part.reset();
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length > MAX_LINE) {
      throw tooLong();
    }
    number++;
    taker.line(
        new Line(number, Body.wrap(length == bytes.length ? bytes : Arrays.copyOf(bytes, length))));
  }

  private CliException tooLong() {
    return CliException.failed(
        "line " + (number + 1) + " is longer than " + MAX_LINE + " bytes, the most a message holds",
        "All lines before it were published.");
  }
}
