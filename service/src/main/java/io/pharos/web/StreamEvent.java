package io.pharos.web;

import io.pharos.session.Outgoing;
import io.pharos.sse.EventBuffer;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something on an event stream that is no message: a control event, a comment, or an event of
 * JAX-RS.
 *
 * @param weight roughly its bytes
 * @param content puts it into a buffer
 * @param original the event of JAX-RS that it was made of, for sinks that encode for themselves
 */
record StreamEvent(int weight, Consumer<EventBuffer> content, @Nullable OutboundSseEvent original)
    implements Outgoing {
  private static final Jsonb JSONB = JsonbBuilder.create();

  StreamEvent(int weight, Consumer<EventBuffer> content) {
    this(weight, content, null);
  }

  /** Encoded once, for all that are sent it. */
  static StreamEvent encoded(EventBuffer content) {
    byte[] bytes = content.toByteArray();
    return new StreamEvent(bytes.length, buffer -> buffer.encoded(bytes));
  }

  /** Made once, for all that send it. */
  static StreamEvent of(OutboundSseEvent event) {
    Object data = event.getData();
    String text = data == null || data instanceof CharSequence ? String.valueOf(data) : json(data);
    return new StreamEvent(
        64 + text.length(),
        buffer -> {
          if (event.getComment() != null) {
            buffer.comment(event.getComment());
          }
          if (event.isReconnectDelaySet()) {
            buffer.retry(Duration.ofMillis(event.getReconnectDelay()));
          }
          if (data != null) {
            buffer.event(
                event.getId(), event.getName() == null ? "message" : event.getName(), text);
          }
        },
        event);
  }

  void appendTo(EventBuffer buffer) {
    content.accept(buffer);
  }

  private static String json(Object data) {
    try {
      return JSONB.toJson(data);
    } catch (JsonbException e) {
      throw new IllegalArgumentException("the event's data cannot be written as JSON", e);
    }
  }
}
