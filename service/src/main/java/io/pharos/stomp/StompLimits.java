package io.pharos.stomp;

/**
 * What a frame may hold at most. Together they bound what one connection can make its peer keep
 * before a frame is complete.
 *
 * @param headers number of headers
 * @param headerBytes bytes of one header line, without its end
 * @param bodyBytes bytes of a body
 */
public record StompLimits(int headers, int headerBytes, int bodyBytes) {
  /** 64 headers, a line long enough for a token of 8 KiB, and a body of 64 KiB. */
  public static final StompLimits DEFAULT = new StompLimits(64, (8 << 10) + 64, 64 << 10);

  public StompLimits {
    if (headers < 1 || headerBytes < 1 || bodyBytes < 0) {
      throw new IllegalArgumentException("limits of frames must be positive");
    }
  }

  public StompLimits withBodyBytes(int bytes) {
    return new StompLimits(headers, headerBytes, bytes);
  }
}
