package io.pharos.sse;

import io.pharos.message.PharosException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads an event stream as it comes in (WHATWG HTML, section 9.2.6), whatever way it is cut into
 * chunks. An event that the stream's end cuts off is never reported, nor its id taken over: there
 * is no call to end. Not thread-safe.
 */
public final class EventStreamParser {
  private final int maxEvent;
  private final EventStreamHandler handler;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final StringBuilder data = new StringBuilder();
  private String type = "";
  private String id = "";
  private String lastEventId = "";
  private boolean firstLine = true;
  private boolean afterCr;
  private int eventLength;

  /**
   * @param maxEvent the longest event, and the longest comment, that is read, in bytes
   */
  public EventStreamParser(int maxEvent, EventStreamHandler handler) {
    this.maxEvent = maxEvent;
    this.handler = handler;
  }

  /**
   * Reads on.
   *
   * @throws PharosException TOO_LARGE when an event is longer than allowed; the parser is then of
   *     no further use
   */
  public void feed(byte[] chunk, int from, int count) {
    int start = from;
    int end = from + count;
    for (int i = from; i < end; i++) {
      byte b = chunk[i];
      if (b == '\n' && afterCr && i == start) {
        start = i + 1;
        afterCr = false;
      } else if (b == '\n' || b == '\r') {
        append(chunk, start, i);
        endLine();
        afterCr = b == '\r';
        start = i + 1;
      }
    }
    append(chunk, start, end);
  }

  /**
   * What to send as {@code Last-Event-ID} when connecting again: the id that the last complete
   * event left behind. Empty when there is none to send.
   */
  public String lastEventId() {
    return lastEventId;
  }

  private void append(byte[] chunk, int from, int to) {
    if (to > from) {
      afterCr = false;
      eventLength += to - from;
      if (eventLength > maxEvent) {
        throw new PharosException(
            PharosException.Code.TOO_LARGE, "an event is longer than " + maxEvent + " bytes");
      }
      line.write(chunk, from, to - from);
    }
  }

  private void endLine() {
    byte[] bytes = line.toByteArray();
    line.reset();
    int skip = firstLine && startsWithBom(bytes) ? 3 : 0;
    firstLine = false;
    if (bytes.length == skip) {
      dispatch();
    } else {
      read(new String(bytes, skip, bytes.length - skip, StandardCharsets.UTF_8));
    }
  }

  private void read(String text) {
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "" -> {
        eventLength = data.length();
        handler.comment(value);
      }
      case "data" -> data.append(value).append('\n');
      case "event" -> type = value;
      case "id" -> {
        if (value.indexOf('\0') < 0) {
          id = value;
        }
      }
      case "retry" -> retry(value);
      default -> {
        // Unknown fields are for others.
      }
    }
  }

  private void retry(String digits) {
    boolean valid =
        !digits.isEmpty()
            && digits.length() <= 18
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (valid) {
      handler.retry(Duration.ofMillis(Long.parseLong(digits)));
    }
  }

  private void dispatch() {
    lastEventId = id;
    eventLength = 0;
    String event = type.isEmpty() ? "message" : type;
    type = "";
    if (!data.isEmpty()) {
      String text = data.substring(0, data.length() - 1);
      data.setLength(0);
      handler.event(new ServerSentEvent(id, event, text));
    }
  }

  private static boolean startsWithBom(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }
}
