package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;

/**
 * Looks for the benchmark's messages in STOMP frames, for the positions and for Pharos's gaps.
 * Frames end at the first NUL, whatever their {@code content-length}: the benchmark's bodies hold
 * none.
 */
final class StompScanner extends SegmentScanner {
  private static final byte[] MESSAGE = ascii("MESSAGE");
  private static final byte[] POSITION = ascii("position:");
  private static final byte[] GAP = ascii("pharos-event:gap");
  private static final byte[] ERROR_TEXT = ascii("message:");

  private enum Part {
    COMMAND,
    HEADERS,
    BODY
  }

  private final PayloadFormat format;
  private final StreamEvents events;
  private final StompReplies replies;
  private final Bookmark bookmark;
  private Part part = Part.COMMAND;
  private boolean message;
  private boolean gap;
  private String command = "";
  private String error = "";

  StompScanner(PayloadFormat format, StreamEvents events, StompReplies replies, Bookmark bookmark) {
    this.format = format;
    this.events = events;
    this.replies = replies;
    this.bookmark = bookmark;
  }

  @Override
  byte terminator() {
    return part == Part.BODY ? 0 : (byte) '\n';
  }

  @Override
  void segment(byte[] bytes, int offset, int withEnd) {
    switch (part) {
      case COMMAND -> command(bytes, offset, withoutCarriageReturn(bytes, offset, withEnd));
      case HEADERS -> header(bytes, offset, withoutCarriageReturn(bytes, offset, withEnd));
      case BODY -> body(bytes, offset, withEnd);
    }
  }

  private void command(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return; // A heart-beat, or the line end behind a frame.
    }
    message = length == MESSAGE.length && startsWith(bytes, offset, length, MESSAGE);
    gap = false;
    if (!message) {
      command = text(bytes, offset, length);
      error = "";
    }
    part = Part.HEADERS;
  }

  private void header(byte[] bytes, int offset, int length) {
    if (length == 0) {
      part = Part.BODY;
    } else if (bytes[offset] == 'p') {
      if (startsWith(bytes, offset, length, POSITION)) {
        bookmark.note(bytes, offset + POSITION.length, length - POSITION.length);
      } else if (startsWith(bytes, offset, length, GAP)) {
        gap = true;
      }
    } else if (!message && startsWith(bytes, offset, length, ERROR_TEXT)) {
      error = text(bytes, offset + ERROR_TEXT.length, length - ERROR_TEXT.length);
    }
  }

  private void body(byte[] bytes, int offset, int length) {
    part = Part.COMMAND;
    if (message) {
      if (gap) {
        events.gap();
      } else if (format.matches(bytes, offset, length)) {
        events.delivered(format.publication(bytes, offset), format.intended(bytes, offset));
      }
      bookmark.commit();
      return;
    }
    switch (command) {
      case "CONNECTED" -> replies.connected();
      case "RECEIPT" -> {
        bookmark.commit();
        replies.receipt();
      }
      case "ERROR" -> {
        String body = text(bytes, offset, length).strip();
        replies.error(body.isEmpty() ? error : body);
      }
      default -> throw new WireException("the server sent an unknown frame, '" + command + "'");
    }
  }

  private static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
