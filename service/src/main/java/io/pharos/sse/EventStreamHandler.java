package io.pharos.sse;

import java.time.Duration;

/** What a client learns from an event stream, in order. */
public interface EventStreamHandler {

  void event(ServerSentEvent event);

  /** The server says how long to wait before connecting again. */
  default void retry(Duration delay) {}

  /** A comment, such as a keep-alive, without its colon. */
  default void comment(String text) {}
}
