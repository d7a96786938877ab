package io.pharos.stomp;

import java.time.Duration;

/**
 * How much a client may send ahead while a message handler is at work for it.
 *
 * @param frames how many frames may wait
 * @param bytes how long they may be together
 * @param patience how long reading pauses when there is no room, before the client is sent away
 */
public record FrameQueueLimits(int frames, long bytes, Duration patience) {
  public FrameQueueLimits {
    if (frames < 1 || bytes < 1 || patience.isNegative()) {
      throw new IllegalArgumentException("at least one frame and byte must be allowed");
    }
  }
}
