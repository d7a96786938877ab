package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Hands bytes on in pieces of random lengths, each in a buffer that is spoiled afterwards. */
final class Pieces {
  /** What takes the pieces. */
  interface Taker {
    void take(byte[] bytes, int offset, int length);
  }

  private Pieces() {}

  static void feed(byte[] all, long seed, Taker taker) {
    var random = new Random(seed);
    int at = 0;
    while (at < all.length) {
      int length = Math.min(all.length - at, 1 + random.nextInt(seed % 2 == 0 ? 3 : 40));
      byte[] buffer = new byte[length + 10];
      System.arraycopy(all, at, buffer, 7, length);
      taker.take(buffer, 7, length);
      Arrays.fill(buffer, (byte) '#');
      at += length;
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
