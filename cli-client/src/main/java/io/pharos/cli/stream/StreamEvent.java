package io.pharos.cli.stream;

import io.pharos.message.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a subscriber learns, in order. */
public sealed interface StreamEvent {

  /**
   * The subscription is live.
   *
   * @param atMostOnce what keeps no history, so that messages are lost while nobody is connected
   */
  record Connected(@Nullable String user, List<String> atMostOnce) implements StreamEvent {}

  /** From where to go on after a lost connection has changed, with nothing to show for it. */
  record Moved(Mark mark) implements StreamEvent {}

  /** A message; null stands for what the transport does not tell. */
  record Received(
      @Nullable Mark mark,
      @Nullable String position,
      @Nullable String destination,
      @Nullable String event,
      @Nullable String contentType,
      Map<String, String> headers,
      Body body,
      @Nullable Instant timestamp)
      implements StreamEvent {}

  /** Messages of a destination were missed that cannot be replayed. */
  record Gap(
      @Nullable Mark mark, @Nullable String destination, @Nullable String position, String reason)
      implements StreamEvent {}

  /** The token has expired: the server is about to close the connection. */
  record Expired() implements StreamEvent {}

  /** How long the server asks to wait before connecting again. */
  record RetryDelay(Duration delay) implements StreamEvent {}
}
