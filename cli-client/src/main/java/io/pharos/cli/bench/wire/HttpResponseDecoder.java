package io.pharos.cli.bench.wire;

import java.util.regex.Pattern;

/**
 * Reads the responses of one connection, one after the other (RFC 9112), in pieces of any size.
 * Pieces of a body are handed on where they lie.
 */
final class HttpResponseDecoder {
  private static final int MAX_HEAD = 64 << 10;
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private enum State {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK,
    CHUNK_END,
    TRAILER,
    REST
  }

  private final HttpResponseListener listener;
  private final StringBuilder head = new StringBuilder();
  private State state = State.HEAD;
  private long remaining;
  private int digits;
  private int lineLength;

  HttpResponseDecoder(HttpResponseListener listener) {
    this.listener = listener;
  }

  void feed(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      switch (state) {
        case LENGTH, CHUNK -> {
          int piece = (int) Math.min(remaining, end - at);
          remaining -= piece;
          boolean last = remaining == 0;
          boolean chunked = state == State.CHUNK;
          listener.body(bytes, at, piece);
          at += piece;
          if (last && chunked) {
            state = State.CHUNK_END;
          } else if (last) {
            finish();
          }
        }
        case REST -> {
          listener.body(bytes, at, end - at);
          at = end;
        }
        default -> {
          step(bytes[at]);
          at++;
        }
      }
    }
  }

  private void step(byte b) {
    switch (state) {
      case HEAD -> headByte(b);
      case CHUNK_SIZE -> sizeByte(b);
      case CHUNK_EXTENSION -> {
        if (b == '\n') {
          beginChunk();
        }
      }
      case CHUNK_END -> {
        if (b == '\n') {
          beginSize();
        } else if (b != '\r') {
          throw new WireException("the server sent a chunk that is longer than its size");
        }
      }
      case TRAILER -> {
        if (b == '\n' && lineLength == 0) {
          finish();
        } else if (b == '\n') {
          lineLength = 0;
        } else if (b != '\r') {
          lineLength++;
        }
      }
      case LENGTH, CHUNK, REST -> throw new IllegalStateException(state.name());
    }
  }

  private void headByte(byte b) {
    if (head.length() >= MAX_HEAD) {
      throw new WireException("the server sent more than " + MAX_HEAD + " bytes of headers");
    }
    head.append((char) (b & 0xff));
    int length = head.length();
    boolean complete =
        b == '\n'
            && length >= 2
            && (head.charAt(length - 2) == '\n'
                || (length >= 4
                    && head.charAt(length - 2) == '\r'
                    && head.charAt(length - 3) == '\n'));
    if (complete) {
      HttpHead parsed = HttpHead.parse(head.toString().stripTrailing());
      head.setLength(0);
      begin(parsed);
    }
  }

  private void begin(HttpHead parsed) {
    int status = parsed.status();
    if (status >= 100 && status < 200 && status != 101) {
      return; // Interim: the response proper follows.
    }
    boolean none = status == 204 || status == 304;
    if (status == 101) {
      state = State.REST;
    } else if (!none && parsed.says("transfer-encoding", "chunked")) {
      beginSize();
    } else if (!none && !parsed.header("content-length").isEmpty()) {
      remaining = length(parsed.header("content-length"));
      state = State.LENGTH;
    } else if (!none) {
      state = State.REST;
    }
    listener.head(parsed);
    if (none || state == State.LENGTH && remaining == 0) {
      finish();
    }
  }

  private static long length(String text) {
    if (!LENGTH.matcher(text).matches()) {
      throw new WireException("the server sent a malformed Content-Length");
    }
    return Long.parseLong(text);
  }

  private void beginSize() {
    state = State.CHUNK_SIZE;
    remaining = 0;
    digits = 0;
  }

  private void sizeByte(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      digits++;
      remaining = remaining << 4 | digit;
    } else if (b == '\n') {
      beginChunk();
    } else {
      state = State.CHUNK_EXTENSION;
    }
    if (digits > 8) {
      throw new WireException("the server sent a chunk over 4 GiB");
    }
  }

  private void beginChunk() {
    if (digits == 0) {
      throw new WireException("the server sent a chunk without a size");
    }
    lineLength = 0;
    state = remaining == 0 ? State.TRAILER : State.CHUNK;
  }

  private void finish() {
    state = State.HEAD;
    listener.end();
  }
}
