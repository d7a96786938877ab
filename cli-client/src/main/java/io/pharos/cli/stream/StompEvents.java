package io.pharos.cli.stream;

import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.message.Body;
import io.pharos.stomp.Frame;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a MESSAGE frame says. */
final class StompEvents {
  private static final Set<String> PROTOCOL =
      Set.of(
          "subscription",
          "ack",
          "destination",
          "message-id",
          "position",
          "timestamp",
          "content-type",
          "content-length");

  private StompEvents() {}

  static StreamEvent of(Frame message) {
    String destination = message.header("destination");
    String position = message.header("position");
    Mark mark = destination == null || position == null ? null : new Mark(destination, position);
    if ("gap".equals(message.header("pharos-event"))) {
      String reason = message.header("pharos-reason");
      return new Gap(
          mark, destination, position, Objects.requireNonNullElse(reason, "messages were missed"));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    message.forEachHeader(
        (name, value) -> {
          if (!PROTOCOL.contains(name)) {
            headers.putIfAbsent(name, value);
          }
        });
    return new Received(
        mark,
        position == null ? message.header("message-id") : position,
        destination,
        Objects.requireNonNullElse(headers.get("event"), "message"),
        message.header("content-type"),
        headers,
        Body.wrap(message.body()),
        time(message.header("timestamp")));
  }

  private static @Nullable Instant time(@Nullable String millis) {
    return millis != null && millis.matches("[0-9]{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(millis))
        : null;
  }
}
