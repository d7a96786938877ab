package io.pharos.redis;

import io.pharos.message.Position;

/**
 * A message in a log. Its time tells it from another one that got the same position after the log
 * was set back.
 *
 * @param millis the time of the message there; 0 when only its position was read
 */
record Place(Position position, long millis) {

  /** Whether both are the same message, as far as is known. */
  boolean isSame(Place other) {
    return position.equals(other.position)
        && (millis == 0 || other.millis == 0 || millis == other.millis);
  }
}
