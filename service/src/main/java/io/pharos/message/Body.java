package io.pharos.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The content of a message: bytes that nobody changes, and whether they are well-formed UTF-8. */
public final class Body {
  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;
  private @Nullable String text;
  private boolean decoded;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Body of(String text) {
    return new Body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the array over: the caller must not change it any more. */
  public static Body wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Body(bytes);
  }

  /** Length in bytes. */
  public int length() {
    return bytes.length;
  }

  /** The bytes themselves, not a copy: the caller must not change them. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether the bytes are well-formed UTF-8. */
  public boolean isText() {
    return textOrNull() != null;
  }

  /** The text, or null when the bytes are not well-formed UTF-8. Decoded once. */
  public synchronized @Nullable String textOrNull() {
    if (!decoded) {
      try {
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        text = null;
      }
      decoded = true;
    }
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Body body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its length alone: bodies do not belong in logs. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
