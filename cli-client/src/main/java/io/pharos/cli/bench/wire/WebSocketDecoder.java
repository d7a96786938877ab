package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;

/**
 * Reads a server's frames (RFC 6455, section 5.2), in pieces of any size. Pieces of a message are
 * handed on where they lie.
 */
final class WebSocketDecoder {
  private static final int NO_STATUS = 1005;
  private static final int MAX_CONTROL = 125;

  private final WebSocketListener listener;
  private final byte[] header = new byte[10];
  private int headerLength;
  private boolean inPayload;
  private long remaining;
  private byte[] control = {};
  private int controlLength;

  WebSocketDecoder(WebSocketListener listener) {
    this.listener = listener;
  }

  void feed(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (!inPayload) {
        header[headerLength] = bytes[at];
        headerLength++;
        at++;
        if (headerLength >= 2 && headerLength == headerSize()) {
          begin();
        }
      } else {
        int piece = (int) Math.min(remaining, end - at);
        payload(bytes, at, piece);
        at += piece;
      }
    }
  }

  private int headerSize() {
    return switch (header[1] & 0x7f) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  private void begin() {
    if ((header[0] & 0x70) != 0 || (header[1] & 0x80) != 0) {
      throw new WireException("the server sent a masked frame, or one with reserved bits");
    }
    long length = header[1] & 0x7f;
    if (length > MAX_CONTROL) {
      if (isControl()) {
        throw new WireException("the server sent a control frame over 125 bytes");
      }
      length = 0;
      for (int i = 2; i < headerLength; i++) {
        length = length << 8 | header[i] & 0xff;
      }
    }
    if (length < 0) {
      throw new WireException("the server sent a frame of a negative length");
    }
    remaining = length;
    inPayload = true;
    if (isControl()) {
      control = new byte[(int) length];
      controlLength = 0;
    }
    if (length == 0) {
      finish();
    }
  }

  private void payload(byte[] bytes, int offset, int length) {
    if (isControl()) {
      System.arraycopy(bytes, offset, control, controlLength, length);
      controlLength += length;
    } else {
      listener.data(bytes, offset, length);
    }
    remaining -= length;
    if (remaining == 0) {
      finish();
    }
  }

  private void finish() {
    inPayload = false;
    headerLength = 0;
    switch (header[0] & 0xf) {
      case 0, 1, 2 -> {
        if ((header[0] & 0x80) != 0) {
          listener.messageEnd();
        }
      }
      case 8 -> close();
      case 9 -> listener.ping(control);
      case 10 -> {}
      default -> throw new WireException("the server sent a frame of an unknown kind");
    }
  }

  private void close() {
    if (control.length < 2) {
      listener.close(NO_STATUS, "");
    } else {
      int code = (control[0] & 0xff) << 8 | control[1] & 0xff;
      listener.close(code, new String(control, 2, control.length - 2, StandardCharsets.UTF_8));
    }
  }

  private boolean isControl() {
    return (header[0] & 0x8) != 0;
  }
}
