package io.pharos.stomp;

import io.pharos.message.Body;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes frames in a version's form. A header that the version cannot express is left out: in 1.0,
 * and in CONNECT and CONNECTED, one with a line end, or with a colon in its name; in any version
 * one with a NUL. {@code content-length} is written for every frame that may have a body.
 * Immutable.
 */
public final class FrameEncoder {
  private static final FrameEncoder V1_0 = new FrameEncoder(Dialect.STOMP_1_0);
  private static final FrameEncoder V1_1 = new FrameEncoder(Dialect.STOMP_1_1);
  private static final FrameEncoder V1_2 = new FrameEncoder(Dialect.STOMP_1_2);

  private final Dialect dialect;

  private FrameEncoder(Dialect dialect) {
    this.dialect = dialect;
  }

  public static FrameEncoder of(Version version) {
    return switch (version) {
      case V1_0 -> V1_0;
      case V1_1 -> V1_1;
      case V1_2 -> V1_2;
    };
  }

  /** The frame, its final NUL included. */
  public Payload encode(Frame frame) {
    Command command = frame.command();
    Body body = Body.wrap(frame.body());
    var head = new StringBuilder(256 + body.length());
    head.append(command.name()).append('\n');
    FrameEncoder headers = command.escapesHeaders() ? this : V1_0;
    frame.forEachHeader(
        (name, value) -> {
          if (!name.equals("content-length")) {
            headers.header(head, name, value);
          }
        });
    return finish(head, body, command.mayHaveBody());
  }

  /** Appends a header line if the version can express it. */
  void header(StringBuilder head, String name, String value) {
    if (dialect.canExpress(name, value)) {
      dialect.appendTo(head, name);
      head.append(':');
      dialect.appendTo(head, value);
      head.append('\n');
    }
  }

  /**
   * Appends a header of somebody else's, if no control character of theirs would go out as it is:
   * many 1.1 clients take a carriage return for a part of the line's end.
   */
  void foreignHeader(StringBuilder head, String name, String value) {
    if (!dialect.leavesCarriageReturn(value)) {
      header(head, name, value);
    }
  }

  /** Ends the headers and adds body and NUL. */
  Payload finish(StringBuilder head, Body body, boolean counted) {
    if (counted) {
      head.append("content-length:").append(body.length()).append('\n');
    }
    head.append('\n');
    String text = body.textOrNull();
    if (text != null) {
      return Payload.text(head.append(text).append('\0').toString());
    }
    byte[] before = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(before, before.length + body.length() + 1);
    System.arraycopy(body.bytes(), 0, all, before.length, body.length());
    return Payload.binary(all);
  }
}
