package io.pharos.sse;

/**
 * A message's event, made once and shared by all streams. It starts with the {@code id} line of the
 * message's own position, which is the cursor of a stream of one destination; other streams put
 * their own in its place.
 */
public final class EncodedEvent {
  private final byte[] bytes;
  private final int idLength;

  EncodedEvent(byte[] bytes, int idLength) {
    this.bytes = bytes;
    this.idLength = idLength;
  }

  /** The whole event. The caller must not change it. */
  byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes are the {@code id} line. */
  int idLength() {
    return idLength;
  }
}
