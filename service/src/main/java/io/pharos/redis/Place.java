package io.pharos.redis;

import io.pharos.message.Position;

/**
 * How far this node has come in a log.
 *
 * @param millis the time of the message there; 0 when only its position was read
 */
record Place(Position position, long millis) {}
