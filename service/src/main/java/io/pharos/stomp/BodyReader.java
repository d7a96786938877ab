package io.pharos.stomp;

import org.jspecify.annotations.Nullable;

/**
 * Reads a frame's body and the NUL after it: as many bytes as {@code content-length} says, or up to
 * the first NUL where there is none.
 */
final class BodyReader {
  private static final int UNKNOWN = -1;

  private final Remainder remainder = new Remainder();
  private final int max;
  private int length;
  private byte @Nullable [] body;

  BodyReader(int max) {
    this.max = max;
  }

  int capacity() {
    return remainder.capacity() + (body == null ? 0 : body.length);
  }

  void clear() {
    remainder.clear();
    body = null;
  }

  /** Starts with a frame whose headers are complete. */
  void begin(Frame.Builder frame) {
    clear();
    String announced = frame.first("content-length");
    length = announced == null ? UNKNOWN : parse(announced);
    if (frame.repeatsDifferently("content-length")) {
      throw StompException.malformed("content-length is given twice");
    }
  }

  /** The whole body, once the chunk held the NUL behind it; until then null. */
  byte @Nullable [] next(Chunk chunk) {
    if (body == null) {
      body = length == UNKNOWN ? upToNul(chunk) : counted(chunk);
      if (body == null || chunk.remaining() == 0) {
        return null;
      }
    }
    if (chunk.peek() != 0) {
      throw StompException.malformed("body does not end after its content-length of " + length);
    }
    chunk.skip(1);
    byte[] complete = body;
    body = null;
    return complete;
  }

  private byte @Nullable [] counted(Chunk chunk) {
    int missing = length - remainder.length();
    if (chunk.remaining() < missing) {
      remainder.append(chunk, chunk.remaining(), length);
      return null;
    }
    return whole(chunk, missing);
  }

  private byte @Nullable [] upToNul(Chunk chunk) {
    int end = chunk.indexOf((byte) 0);
    int part = (end < 0 ? chunk.limit() : end) - chunk.position();
    if (part > max - remainder.length()) {
      throw tooLarge();
    }
    if (end < 0) {
      remainder.append(chunk, part, max);
      return null;
    }
    return whole(chunk, part);
  }

  private byte[] whole(Chunk chunk, int last) {
    if (remainder.isEmpty()) {
      return chunk.take(last);
    }
    remainder.append(chunk, last, remainder.length() + last);
    return remainder.take();
  }

  /** Refuses what is over the limit before anything is allocated for it. */
  private int parse(String announced) {
    if (announced.isEmpty() || !announced.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw StompException.malformed("content-length is not a number of bytes");
    }
    if (announced.length() > 18 || Long.parseLong(announced) > max) {
      throw tooLarge();
    }
    return Integer.parseInt(announced);
  }

  private StompException tooLarge() {
    return StompException.tooLarge("body is longer than " + max + " bytes");
  }
}
