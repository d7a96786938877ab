package io.pharos.stomp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A cursor over received bytes. */
final class Chunk {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final byte[] bytes;
  private final int limit;
  private int position;

  Chunk(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.limit = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  int remaining() {
    return limit - position;
  }

  byte peek() {
    return bytes[position];
  }

  void skip(int count) {
    position += count;
  }

  void moveTo(int index) {
    position = index;
  }

  /** Copies the next bytes and moves behind them. */
  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, position, position + count);
    position += count;
    return taken;
  }

  /**
   * Index of the next byte of this value, or -1. Looks at eight bytes at once: after the exclusive
   * or, a byte sought is a zero, and the lowest high bit left standing marks the first one.
   */
  int indexOf(byte wanted) {
    long pattern = (wanted & 0xffL) * ONES;
    int i = position;
    for (; i <= limit - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i) ^ pattern;
      long found = (word - ONES) & ~word & HIGHS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < limit; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
