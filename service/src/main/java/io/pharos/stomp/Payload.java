package io.pharos.stomp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A frame, or its part, on its way to a WebSocket: text where all of it is text, so that it can be
 * sent without converting it for each client, and bytes where a body is not UTF-8. Immutable.
 */
public final class Payload {
  private final @Nullable String text;
  private final byte @Nullable [] bytes;

  private Payload(@Nullable String text, byte @Nullable [] bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  public static Payload text(String text) {
    return new Payload(text, null);
  }

  /** Takes the array over: the caller must not change it any more. */
  public static Payload binary(byte[] bytes) {
    return new Payload(null, bytes);
  }

  /** The text, or null when this is binary. */
  public @Nullable String textOrNull() {
    return text;
  }

  /** The bytes to send; for text, encoded anew with each call. The caller must not change them. */
  public byte[] bytes() {
    if (bytes != null) {
      return bytes;
    }
    return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
  }

  /** Length in characters for text, in bytes otherwise: a measure of the memory held. */
  public int length() {
    return bytes != null ? bytes.length : String.valueOf(text).length();
  }

  /** The length alone: bodies do not belong in logs. */
  @Override
  public String toString() {
    return length() + (bytes != null ? " bytes" : " characters");
  }
}
