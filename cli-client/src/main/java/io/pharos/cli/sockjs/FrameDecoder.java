package io.pharos.cli.sockjs;

/**
 * Reads a server's frames, each ended by a line feed as over HTTP, in pieces of any size: {@code
 * o}, {@code h}, {@code a["…"]} and {@code c[code,"reason"]}, and the line of {@code h} that begins
 * a stream. Keeps no more than {@value #MAX_CLOSE} bytes whatever comes. Once a piece is malformed,
 * the decoder is not to be used any more. For one thread.
 */
public final class FrameDecoder {
  static final int MAX_PRELUDE = 64 << 10;
  static final int MAX_CLOSE = 4 << 10;

  private enum Part {
    BEGIN,
    OPEN,
    HEART_BEAT,
    ARRAY,
    FIRST_VALUE,
    VALUE,
    TEXT,
    AFTER_VALUE,
    END,
    CLOSE
  }

  private final FrameListener listener;
  private final Scratch scratch;
  private final TextDecoder text = new TextDecoder();
  private final CloseFrame close = new CloseFrame(MAX_CLOSE);
  private Part part = Part.BEGIN;
  private int beats;

  public FrameDecoder(FrameListener listener, Scratch scratch) {
    this.listener = listener;
    this.scratch = scratch;
  }

  /**
   * Takes a piece.
   *
   * @throws MalformedFrameException when it is not what a server may send
   */
  public void feed(byte[] bytes, int offset, int length) {
    // An escape never takes less room than what it stands for; some may be left from before.
    scratch.clear(length + TextDecoder.MAX_PENDING);
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (part == Part.TEXT) {
        at = text.decode(bytes, at, end, scratch);
        if (text.isComplete()) {
          part = Part.AFTER_VALUE;
        }
      } else {
        byte b = bytes[at];
        at++;
        if (b == '\n') {
          scratch.tell(listener);
          endOfFrame();
        } else if (b != '\r') {
          part = next(b);
        }
      }
    }
    scratch.tell(listener);
  }

  private Part next(byte b) {
    return switch (part) {
      case BEGIN -> begin(b);
      case HEART_BEAT -> beat(b);
      case ARRAY -> only(b, '[', Part.FIRST_VALUE);
      case FIRST_VALUE -> b == ']' ? Part.END : value(b);
      case VALUE -> value(b);
      case AFTER_VALUE -> b == ',' ? Part.VALUE : only(b, ']', Part.END);
      case CLOSE -> {
        close.add(b);
        yield Part.CLOSE;
      }
      case OPEN, END, TEXT -> throw unexpected(b);
    };
  }

  private Part begin(byte b) {
    return switch (b) {
      case 'o' -> Part.OPEN;
      case 'h' -> {
        beats = 1;
        yield Part.HEART_BEAT;
      }
      case 'a' -> Part.ARRAY;
      case 'c' -> Part.CLOSE;
      default -> throw unexpected(b);
    };
  }

  private Part beat(byte b) {
    beats++;
    if (beats > MAX_PRELUDE) {
      throw new MalformedFrameException(
          "the server sent a SockJS prelude over " + MAX_PRELUDE + " bytes");
    }
    return only(b, 'h', Part.HEART_BEAT);
  }

  private Part value(byte b) {
    text.begin();
    return only(b, '"', Part.TEXT);
  }

  private void endOfFrame() {
    Part complete = part;
    part = Part.BEGIN;
    switch (complete) {
      case OPEN -> listener.opened();
      case CLOSE -> close.tell(listener);
      case BEGIN, HEART_BEAT, END -> {
        // An empty line, a sign of life, or a message that has been told already.
      }
      default ->
          throw new MalformedFrameException("the server sent a SockJS frame that is cut off");
    }
  }

  private static Part only(byte b, char wanted, Part then) {
    if (b != wanted) {
      throw unexpected(b);
    }
    return then;
  }

  private static MalformedFrameException unexpected(byte b) {
    return new MalformedFrameException(
        String.format("the server sent what is no SockJS frame: unexpected byte 0x%02x", b & 0xff));
  }
}
