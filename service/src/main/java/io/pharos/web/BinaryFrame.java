package io.pharos.web;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame whose body is no text, for a carrier of nothing but text: what is no UTF-8 becomes
 * U+FFFD, and the length is that of what is sent, so that the client reads the frames that follow.
 */
final class BinaryFrame {
  private static final Pattern LENGTH = Pattern.compile("\ncontent-length:\\d+");

  private final byte[] bytes;

  /**
   * @param bytes the whole frame with its end
   */
  BinaryFrame(byte[] bytes) {
    this.bytes = bytes;
  }

  String asText() {
    String frame = new String(bytes, StandardCharsets.UTF_8);
    int head = frame.indexOf("\n\n");
    int end = frame.lastIndexOf('\0');
    if (head < 0 || end < head) {
      return frame;
    }
    int length = frame.substring(head + 2, end).getBytes(StandardCharsets.UTF_8).length;
    Matcher headers = LENGTH.matcher(frame.substring(0, head));
    return headers.replaceFirst("\ncontent-length:" + length) + frame.substring(head);
  }
}
