package io.pharos.cli.bench.wire;

import java.util.Arrays;

/**
 * Cuts bytes, which come in pieces of any size, into segments that end with a terminator. A segment
 * that came in one piece is handed on where it lies.
 */
abstract class SegmentScanner {
  private static final int MAX_SEGMENT = 4 << 20;
  private static final byte[] EMPTY = new byte[0];

  private byte[] carry = EMPTY;
  private int carried;

  /** The byte that ends the segment which is about to come. */
  abstract byte terminator();

  /** Takes a whole segment, without its terminator. */
  abstract void segment(byte[] bytes, int offset, int length);

  final void feed(byte[] bytes, int offset, int length) {
    int start = offset;
    int end = offset + length;
    while (start < end) {
      byte terminator = terminator();
      int at = start;
      while (at < end && bytes[at] != terminator) {
        at++;
      }
      if (at == end) {
        keep(bytes, start, end - start);
        return;
      }
      if (carried == 0) {
        segment(bytes, start, at - start);
      } else {
        keep(bytes, start, at - start);
        int whole = carried;
        carried = 0;
        segment(carry, 0, whole);
      }
      start = at + 1;
    }
  }

  private void keep(byte[] bytes, int offset, int length) {
    int needed = carried + length;
    if (needed > MAX_SEGMENT) {
      throw new WireException("the server sent a line or frame over " + MAX_SEGMENT + " bytes");
    }
    if (needed > carry.length) {
      carry = Arrays.copyOf(carry, Math.max(256, Math.max(needed, carry.length * 2)));
    }
    System.arraycopy(bytes, offset, carry, carried, length);
    carried = needed;
  }

  /** Whether the segment begins with this text. */
  static boolean startsWith(byte[] bytes, int offset, int length, byte[] text) {
    return length >= text.length
        && Arrays.equals(bytes, offset, offset + text.length, text, 0, text.length);
  }

  /** The length without a CR at the end. */
  static int withoutCarriageReturn(byte[] bytes, int offset, int length) {
    return length > 0 && bytes[offset + length - 1] == '\r' ? length - 1 : length;
  }
}
