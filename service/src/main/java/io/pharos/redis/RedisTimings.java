package io.pharos.redis;

import java.time.Duration;

/**
 * How long things may take and how often they happen.
 *
 * @param connect until a connection is there and logged in
 * @param answer until Redis has answered a command
 * @param call until a caller is told that Redis is away
 * @param ping how often the listening connection is probed
 * @param pong how long it may then stay silent before it is given up
 * @param check how often destinations that are quiet are compared with their logs
 * @param linger how long a channel without local interest stays subscribed
 * @param retry the longest pause between attempts to connect; the first ones follow at once
 */
record RedisTimings(
    Duration connect,
    Duration answer,
    Duration call,
    Duration ping,
    Duration pong,
    Duration check,
    Duration linger,
    Duration retry) {
  static final RedisTimings DEFAULT =
      new RedisTimings(
          Duration.ofSeconds(1),
          Duration.ofMillis(1500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));
}
