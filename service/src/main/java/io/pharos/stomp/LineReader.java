package io.pharos.stomp;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cuts lines of bounded length out of chunks. */
final class LineReader {
  private final Remainder remainder = new Remainder();
  private final int max;
  private final Supplier<StompException> tooLong;

  /** Lines of at most {@code max} bytes, not counting a line feed and a carriage return. */
  LineReader(int max, Supplier<StompException> tooLong) {
    this.max = max;
    this.tooLong = tooLong;
  }

  boolean isEmpty() {
    return remainder.isEmpty();
  }

  int capacity() {
    return remainder.capacity();
  }

  void clear() {
    remainder.clear();
  }

  /**
   * The next line without its end, valid until the next call, or null when the chunk ends before
   * it.
   */
  @Nullable Chunk next(Chunk chunk, Dialect dialect) {
    int start = chunk.position();
    int lineFeed = chunk.indexOf((byte) '\n');
    int part = (lineFeed < 0 ? chunk.limit() : lineFeed) - start;
    if (part > max + 1 - remainder.length()) {
      throw tooLong.get();
    }
    if (lineFeed < 0) {
      // A frame without its empty line must fail now, not when the next one arrives.
      if (chunk.indexOf((byte) 0) >= 0) {
        throw HeaderLine.cutShort();
      }
      remainder.append(chunk, part, max + 1);
      return null;
    }
    Chunk line;
    if (remainder.isEmpty()) {
      line =
          new Chunk(chunk.bytes(), start, withoutReturn(chunk.bytes(), start, lineFeed, dialect));
    } else {
      remainder.append(chunk, part, remainder.length() + part);
      byte[] bytes = remainder.bytes();
      line = new Chunk(bytes, 0, withoutReturn(bytes, 0, remainder.length(), dialect));
      remainder.clear();
    }
    chunk.moveTo(lineFeed + 1);
    if (line.remaining() > max) {
      throw tooLong.get();
    }
    return line;
  }

  private static int withoutReturn(byte[] bytes, int from, int to, Dialect dialect) {
    return dialect.carriageReturns() && to > from && bytes[to - 1] == '\r' ? to - 1 : to;
  }
}
