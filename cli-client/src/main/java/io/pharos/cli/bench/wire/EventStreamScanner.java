package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;

/**
 * Looks for the benchmark's messages in an event stream (HTML standard, section 9.2), for the
 * positions, and for Pharos's control events; ignores everything else.
 */
final class EventStreamScanner extends SegmentScanner {
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "id:".getBytes(StandardCharsets.US_ASCII);

  private final PayloadFormat format;
  private final StreamEvents events;
  private final Bookmark bookmark;
  private final Runnable connected;
  private String type = "";
  private String comment = "";
  private boolean found;
  private int publication;
  private long intended;

  /**
   * A scanner for one stream.
   *
   * @param connected what to do at the event {@code connected}
   */
  EventStreamScanner(
      PayloadFormat format, StreamEvents events, Bookmark bookmark, Runnable connected) {
    this.format = format;
    this.events = events;
    this.bookmark = bookmark;
    this.connected = connected;
  }

  /** The last comment with a text: a server's last words are one. */
  String comment() {
    return comment;
  }

  @Override
  byte terminator() {
    return '\n';
  }

  @Override
  void segment(byte[] bytes, int offset, int withEnd) {
    int length = withoutCarriageReturn(bytes, offset, withEnd);
    if (length == 0) {
      dispatch();
      return;
    }
    switch (bytes[offset]) {
      case 'd' -> {
        if (startsWith(bytes, offset, length, DATA)) {
          data(bytes, offset + DATA.length, length - DATA.length);
        }
      }
      case 'i' -> {
        if (startsWith(bytes, offset, length, ID)) {
          int skip = ID.length + spaces(bytes, offset + ID.length, length - ID.length);
          bookmark.note(bytes, offset + skip, length - skip);
        }
      }
      case 'e' -> {
        if (startsWith(bytes, offset, length, EVENT)) {
          type = text(bytes, offset + EVENT.length, length - EVENT.length);
        }
      }
      case ':' -> {
        if (length > 2) {
          comment = text(bytes, offset + 1, length - 1);
        }
      }
      default -> {}
    }
  }

  private void data(byte[] bytes, int offset, int length) {
    int skip = spaces(bytes, offset, length);
    if (!found && format.matches(bytes, offset + skip, length - skip)) {
      found = true;
      publication = format.publication(bytes, offset + skip);
      intended = format.intended(bytes, offset + skip);
    }
  }

  private void dispatch() {
    if (found) {
      found = false;
      events.delivered(publication, intended);
    }
    bookmark.commit();
    if (!type.isEmpty()) {
      String control = type;
      type = "";
      switch (control) {
        case "connected" -> connected.run();
        case "gap" -> events.gap();
        case "expired" -> events.ended("the token expired");
        default -> {}
      }
    }
  }

  private static int spaces(byte[] bytes, int offset, int length) {
    return length > 0 && bytes[offset] == ' ' ? 1 : 0;
  }

  private static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8).strip();
  }
}
