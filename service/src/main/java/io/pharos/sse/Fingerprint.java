package io.pharos.sse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A short name for a long text, the same on every node and in every version. */
final class Fingerprint {
  private static final int RADIX = 36;

  private Fingerprint() {}

  /** That many letters or digits of the text's SHA-256; two texts may share them. */
  static String of(String text, int length) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      String digits = Long.toUnsignedString(ByteBuffer.wrap(hash).getLong(), RADIX);
      return "0".repeat(Math.max(0, length - digits.length()))
          + digits.substring(Math.max(0, digits.length() - length));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
