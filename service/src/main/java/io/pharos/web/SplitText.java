package io.pharos.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The messages of one SockJS session as one stream of bytes. Clients split long frames by UTF-16
 * units, so that a message may end with one half of a surrogate pair and the next one begin with
 * the other. Not thread-safe.
 */
final class SplitText {
  /** JavaScript counts a half alone as the three bytes that this has. */
  private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

  private static final int MOST_BYTES_PER_UNIT = 3;

  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith(REPLACEMENT);

  /** The first half of a pair, if the last message ended with one. */
  private String rest = "";

  /** A message's bytes. Half a pair at its end waits for the next message. */
  ByteBuffer utf8(String message) {
    var units = CharBuffer.wrap(rest.concat(message).toCharArray());
    var bytes = ByteBuffer.allocate(MOST_BYTES_PER_UNIT * units.length());
    encoder.encode(units, bytes, false);
    rest = units.toString();
    return bytes.flip();
  }
}
