package io.pharos.cli.sockjs;

/**
 * Reads JSON strings (RFC 8259, section 7), from behind the quote that begins each to the one that
 * ends it, as UTF-8. Half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
 */
final class TextDecoder {
  /** More than one call's output may exceed its input by. */
  static final int MAX_PENDING = 8;

  private static final int NONE = 0;
  private static final int REPLACEMENT = 0xfffd;

  private enum Part {
    PLAIN,
    ESCAPE,
    DIGITS,
    COMPLETE
  }

  private Part part = Part.COMPLETE;
  private int digits;
  private int unit;
  private int high;

  /** The quote has come. */
  void begin() {
    part = Part.PLAIN;
    high = NONE;
  }

  boolean isComplete() {
    return part == Part.COMPLETE;
  }

  /**
   * Decodes as far as the string goes.
   *
   * @return where it ended, behind its quote, or the end
   */
  int decode(byte[] bytes, int offset, int end, Scratch out) {
    int at = offset;
    while (at < end && part != Part.COMPLETE) {
      if (part == Part.PLAIN) {
        int run = run(bytes, at, end);
        if (run > at) {
          endOfUnits(out);
          out.add(bytes, at, run - at);
          at = run;
          continue;
        }
      }
      step(bytes[at], out);
      at++;
    }
    return at;
  }

  /** Where the bytes end that stand for themselves. */
  private static int run(byte[] bytes, int offset, int end) {
    int at = offset;
    while (at < end
        && bytes[at] != '"'
        && bytes[at] != '\\'
        && (bytes[at] < 0 || bytes[at] >= ' ')) {
      at++;
    }
    return at;
  }

  private void step(byte b, Scratch out) {
    switch (part) {
      case PLAIN -> {
        if (b == '"') {
          endOfUnits(out);
          part = Part.COMPLETE;
        } else if (b == '\\') {
          part = Part.ESCAPE;
        } else {
          throw new MalformedFrameException(
              "the server sent a SockJS message with a control character, or one that is cut off");
        }
      }
      case ESCAPE -> escape(b, out);
      case DIGITS -> digit(b, out);
      case COMPLETE -> throw new IllegalStateException(part.name());
    }
  }

  private void escape(byte b, Scratch out) {
    if (b == 'u') {
      part = Part.DIGITS;
      digits = 0;
      unit = 0;
      return;
    }
    part = Part.PLAIN;
    int character =
        switch (b) {
          case '"', '\\', '/' -> b;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> throw malformedEscape();
        };
    endOfUnits(out);
    out.add(character);
  }

  private void digit(byte b, Scratch out) {
    int value = b < 0 ? -1 : Character.digit(b, 16);
    if (value < 0) {
      throw malformedEscape();
    }
    unit = unit << 4 | value;
    digits++;
    if (digits == 4) {
      part = Part.PLAIN;
      unit((char) unit, out);
    }
  }

  private void unit(char now, Scratch out) {
    if (Character.isLowSurrogate(now) && high != NONE) {
      int pair = Character.toCodePoint((char) high, now);
      high = NONE;
      add(pair, out);
      return;
    }
    endOfUnits(out);
    if (Character.isHighSurrogate(now)) {
      high = now;
    } else {
      add(Character.isLowSurrogate(now) ? REPLACEMENT : now, out);
    }
  }

  /** No second half follows the first one, if there is one. */
  private void endOfUnits(Scratch out) {
    if (high != NONE) {
      high = NONE;
      add(REPLACEMENT, out);
    }
  }

  private static void add(int point, Scratch out) {
    if (point < 0x80) {
      out.add(point);
    } else if (point < 0x800) {
      out.add(0xc0 | point >> 6);
      out.add(0x80 | point & 0x3f);
    } else if (point < 0x10000) {
      out.add(0xe0 | point >> 12);
      out.add(0x80 | point >> 6 & 0x3f);
      out.add(0x80 | point & 0x3f);
    } else {
      out.add(0xf0 | point >> 18);
      out.add(0x80 | point >> 12 & 0x3f);
      out.add(0x80 | point >> 6 & 0x3f);
      out.add(0x80 | point & 0x3f);
    }
  }

  private static MalformedFrameException malformedEscape() {
    return new MalformedFrameException("the server sent a malformed escape in a SockJS message");
  }
}
