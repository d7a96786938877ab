package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The benchmark's messages: {@code pb/RUN/PUBLICATION/NANOS/} in hexadecimal digits, filled up with
 * dots. RUN tells this run's messages from another's; NANOS is the intended send time, so that a
 * stall of the sender or the server shows in the latencies of all that it delayed. ASCII without
 * line ends or quotes: every transport carries it as it is.
 */
public final class PayloadFormat {
  /** The smallest message, in bytes. */
  public static final int MIN_SIZE = 48;

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int PUBLICATION = 12;
  private static final int NANOS = 21;
  private static final int LENGTH = 38;

  private final byte[] prefix;
  private final int size;

  /**
   * The format of one run.
   *
   * @param run any number, another one for each run
   * @param size of each message, in bytes
   */
  public PayloadFormat(int run, int size) {
    if (size < MIN_SIZE) {
      throw new IllegalArgumentException("a message has at least " + MIN_SIZE + " bytes");
    }
    this.prefix = String.format("pb/%08x/", run).getBytes(StandardCharsets.US_ASCII);
    this.size = size;
  }

  /** Length of each message, in bytes. */
  public int size() {
    return size;
  }

  /** Writes a message of {@link #size} bytes. */
  public void write(byte[] target, int offset, int publication, long intended) {
    System.arraycopy(prefix, 0, target, offset, prefix.length);
    hex(target, offset + PUBLICATION, 8, publication);
    target[offset + PUBLICATION + 8] = '/';
    hex(target, offset + NANOS, 16, intended);
    target[offset + NANOS + 16] = '/';
    Arrays.fill(target, offset + LENGTH, offset + size, (byte) '.');
  }

  /** Whether a message of this run begins here. */
  public boolean matches(byte[] bytes, int offset, int length) {
    return length >= LENGTH
        && Arrays.equals(bytes, offset, offset + prefix.length, prefix, 0, prefix.length)
        && bytes[offset + PUBLICATION + 8] == '/'
        && bytes[offset + NANOS + 16] == '/';
  }

  /** The number of the publication that begins here. */
  public int publication(byte[] bytes, int offset) {
    return (int) number(bytes, offset + PUBLICATION, 8);
  }

  /** The intended send time of the publication that begins here. */
  public long intended(byte[] bytes, int offset) {
    return number(bytes, offset + NANOS, 16);
  }

  private static void hex(byte[] target, int offset, int digits, long value) {
    long rest = value;
    for (int i = digits - 1; i >= 0; i--) {
      target[offset + i] = DIGITS[(int) (rest & 0xf)];
      rest >>>= 4;
    }
  }

  private static long number(byte[] bytes, int offset, int digits) {
    long value = 0;
    for (int i = offset; i < offset + digits; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw new WireException("a message of this run came back damaged");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
