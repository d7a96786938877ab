package io.pharos.cli.bench.wire;

/** Reads the beginning of each message, however it is cut, and skips the rest. */
final class MessageScanner {
  private final PayloadFormat format;
  private final StreamEvents events;
  private final byte[] start = new byte[PayloadFormat.MIN_SIZE];
  private int length;

  MessageScanner(PayloadFormat format, StreamEvents events) {
    this.format = format;
    this.events = events;
  }

  void data(byte[] bytes, int offset, int count) {
    int piece = Math.min(count, start.length - length);
    System.arraycopy(bytes, offset, start, length, piece);
    length += piece;
  }

  void end() {
    if (format.matches(start, 0, length)) {
      events.delivered(format.publication(start, 0), format.intended(start, 0));
    }
    length = 0;
  }
}
