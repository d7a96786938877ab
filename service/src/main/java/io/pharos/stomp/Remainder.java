package io.pharos.stomp;

import java.util.Arrays;

/**
 * The part of a line or body that arrived in earlier chunks. Grows with what arrives, never with
 * what was announced, and holds nothing while it is empty.
 */
final class Remainder {
  private static final byte[] NOTHING = new byte[0];
  private static final int FIRST = 256;

  private byte[] bytes = NOTHING;
  private int length;

  boolean isEmpty() {
    return length == 0;
  }

  int length() {
    return length;
  }

  /** Memory held, in bytes. */
  int capacity() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Moves the chunk's next bytes here; there will never be more than {@code max}. */
  void append(Chunk chunk, int count, int max) {
    int needed = length + count;
    if (needed > bytes.length) {
      int doubled = Math.max(FIRST, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8));
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(doubled, max)));
    }
    System.arraycopy(chunk.bytes(), chunk.position(), bytes, length, count);
    length = needed;
    chunk.skip(count);
  }

  /** Hands the bytes out and is empty again. */
  byte[] take() {
    byte[] taken = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    clear();
    return taken;
  }

  void clear() {
    bytes = NOTHING;
    length = 0;
  }
}
