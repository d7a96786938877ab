package io.pharos.sse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole events on their way to one event stream, as UTF-8: gathered here so that a client never
 * sees a part of one, and written at once. What is put in cannot end an event early or add a line
 * of its own: data is split at LF, CR and CRLF alike, ids and names with control characters are
 * refused. Grows as needed, and holds no memory while it is empty; not thread-safe.
 */
public final class EventBuffer {
  private static final int INITIAL = 512;
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int length;

  /** Whether other streams share the bytes: not to be changed. */
  private boolean shared;

  /**
   * Adds an event. A payload's line ends all reach the client as LF, as the format has no other.
   *
   * @param id the cursor from which a client can go on after this event, or null
   * @param event the event's type; {@code message} is what clients assume, and is left out
   * @throws IllegalArgumentException when id or type are empty or hold a control character, or the
   *     id is not ASCII
   */
  public EventBuffer event(@Nullable String id, String event, String data) {
    if (id != null) {
      id(id);
    }
    type(event);
    return data(data.getBytes(StandardCharsets.UTF_8)).put('\n');
  }

  /** Adds a message with its own position as cursor: for a stream of one destination. */
  public EventBuffer message(EncodedEvent message) {
    return encoded(message.bytes());
  }

  /** Adds whole events that were encoded before. Nobody may change the bytes any more. */
  public EventBuffer encoded(byte[] events) {
    if (length > 0) {
      return put(events, 0, events.length);
    }
    // Nearly always they are the only ones: they go out without a copy.
    bytes = events;
    length = bytes.length;
    shared = true;
    return this;
  }

  /** Adds a message with another cursor than its own position. */
  public EventBuffer message(EncodedEvent message, String id) {
    id(id);
    int from = message.idLength();
    return put(message.bytes(), from, message.bytes().length - from);
  }

  /** Moves the client's cursor without any event that its program would see. */
  public EventBuffer cursor(String id) {
    return id(id).put('\n');
  }

  /** Tells the client how long to wait before it connects again; milliseconds count. */
  public EventBuffer retry(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("the delay must not be negative");
    }
    return ascii("retry: " + delay.toMillis() + "\n\n");
  }

  /** Adds a comment, which clients ignore: it keeps the connection alive. */
  public EventBuffer comment(String text) {
    return lines(": ", text.getBytes(StandardCharsets.UTF_8)).put('\n');
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** A copy of the content. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Writes the content in one call, and empties the buffer. */
  public void drainTo(OutputStream out) throws IOException {
    try {
      out.write(bytes, 0, length);
    } finally {
      clear();
    }
  }

  /** Empties the buffer. */
  public void clear() {
    length = 0;
    bytes = NONE;
    shared = false;
  }

  EventBuffer id(String id) {
    if (id.isEmpty() || !id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("an event's id must be visible ASCII");
    }
    return ascii("id: ").ascii(id).put('\n');
  }

  EventBuffer type(String event) {
    if (event.isEmpty() || event.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an event's type must have no control characters");
    }
    if (!event.equals("message")) {
      ascii("event: ");
      byte[] name = event.getBytes(StandardCharsets.UTF_8);
      put(name, 0, name.length).put('\n');
    }
    return this;
  }

  EventBuffer data(byte[] text) {
    return lines("data: ", text);
  }

  /** One line for each line of the text: for the empty one behind a last line end as well. */
  private EventBuffer lines(String prefix, byte[] text) {
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '\n' || text[i] == '\r') {
        ascii(prefix).put(text, start, i - start).put('\n');
        if (i + 1 < text.length && text[i] == '\r' && text[i + 1] == '\n') {
          i++;
        }
        start = i + 1;
      }
    }
    return this;
  }

  EventBuffer ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  EventBuffer put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  private EventBuffer put(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  private void reserve(int more) {
    if (shared || bytes.length - length < more) {
      int enough = Math.max(Math.addExact(length, more), INITIAL);
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, enough));
      shared = false;
    }
  }
}
