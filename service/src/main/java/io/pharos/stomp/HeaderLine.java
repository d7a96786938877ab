package io.pharos.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A header line, split at its first colon, decoded and unescaped. */
record HeaderLine(String name, String value) {

  /** Reads the line {@code from} to {@code to}, which holds no line feed. */
  static HeaderLine parse(byte[] bytes, int from, int to, Dialect dialect) {
    int colon = -1;
    int all = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      all |= b;
      if (b == ':' && colon < 0) {
        colon = i;
      } else if (b == 0) {
        throw cutShort();
      } else if (b == '\r' && dialect == Dialect.STOMP_1_2) {
        throw StompException.malformed("header holds a carriage return: it is written \\r");
      }
    }
    if (colon < 0) {
      throw StompException.malformed("header line has no colon");
    }
    if (colon == from) {
      throw StompException.malformed("header has no name");
    }
    boolean ascii = all >= 0;
    String name = dialect.unescape(decode(bytes, from, colon, ascii));
    String value = dialect.unescape(decode(bytes, colon + 1, to, ascii));
    return new HeaderLine(name, dialect == Dialect.STOMP_1_0 ? value.stripLeading() : value);
  }

  static StompException cutShort() {
    return StompException.malformed("frame ends within its headers: the empty line is missing");
  }

  private static String decode(byte[] bytes, int from, int to, boolean ascii) {
    if (ascii) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    try {
      ByteBuffer encoded = ByteBuffer.wrap(bytes, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      throw StompException.malformed("header is not well-formed UTF-8");
    }
  }
}
