package io.pharos.sockjs;

/**
 * JSON as SockJS wants it: what browsers or proxies change on the way is escaped, in lower-case
 * hexadecimal, and so are surrogates without their other half, which UTF-8 cannot carry.
 */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out;

  JsonText(String begin) {
    out = new StringBuilder(begin);
  }

  JsonText raw(char c) {
    out.append(c);
    return this;
  }

  /** Appends a string in its quotes. */
  JsonText string(String text) {
    out.ensureCapacity(out.length() + text.length() + 16);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        astral(c, text.charAt(i));
      } else {
        append(c);
      }
    }
    out.append('"');
    return this;
  }

  private void astral(char high, char low) {
    out.append(high).append(low);
  }

  private void append(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (isEscaped(c)) {
          escape(c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xf));
    }
  }

  private static boolean isEscaped(char c) {
    return c < 0x20
        || c >= 0x200c
            && (c <= 0x200f
                || c >= 0x2028 && c <= 0x202f
                || c >= 0x2060 && c <= 0x206f
                || c >= 0xfff0
                || Character.isSurrogate(c));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
