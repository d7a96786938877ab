package io.pharos.messaging;

import io.pharos.message.PharosException;
import java.util.Map;

/**
 * Publishes for the application; to be injected anywhere. Every call blocks until the broker has
 * stored the message, and may be made from any thread.
 *
 * <p>A payload is sent as it is when it is a String ({@code text/plain}) or a byte array ({@code
 * application/octet-stream}), and as JSON otherwise. The header {@code content-type} says
 * otherwise, and {@code idempotency-key} makes a repetition harmless; the others become the
 * message's own.
 */
public interface PushTemplate {

  /**
   * Publishes to {@code /topic/…}, {@code /queue/…} or {@code /user/NAME/queue/…}.
   *
   * @return the message's id
   * @throws PharosException BAD_REQUEST, TOO_LARGE, LIMIT_EXCEEDED when a queue is full, or
   *     UNAVAILABLE when the broker is away, whose detail says whether something was stored
   */
  String send(String destination, Object payload, Map<String, String> headers);

  /** {@link #send(String, Object, Map)} without headers. */
  default String send(String destination, Object payload) {
    return send(destination, payload, Map.of());
  }

  /**
   * Publishes to all sessions of a user, on all nodes.
   *
   * @param user the user's name, as it is
   * @param destination {@code /queue/X}, what the user has subscribed to as {@code /user/queue/X}
   */
  String sendToUser(String user, String destination, Object payload, Map<String, String> headers);

  /** {@link #sendToUser(String, String, Object, Map)} without headers. */
  default String sendToUser(String user, String destination, Object payload) {
    return sendToUser(user, destination, payload, Map.of());
  }
}
