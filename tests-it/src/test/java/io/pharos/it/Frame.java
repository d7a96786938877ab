package io.pharos.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A STOMP frame as a client writes and reads it, written from the specification and not from the
 * product.
 */
final class Frame {
  private final String command;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param headers as on the wire but for the escapes; the first of a name counts
   */
  Frame(String command, Map<String, String> headers, byte[] body) {
    this.command = command;
    this.headers = headers;
    this.body = body;
  }

  String command() {
    return command;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** A frame with headers, given as names and values in turn. */
  static Frame of(String command, String... namesAndValues) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Frame(command, headers, new byte[0]);
  }

  Frame with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Frame(command, all, body);
  }

  Frame body(byte[] newBody) {
    return new Frame(command, headers, newBody)
        .with("content-length", Integer.toString(newBody.length));
  }

  Frame body(String newBody) {
    return body(newBody.getBytes(StandardCharsets.UTF_8));
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean isGap() {
    return "gap".equals(headers.get("pharos-event"));
  }

  /** The bytes on the wire. */
  byte[] encode(StompVersion version) {
    var out = new ByteArrayOutputStream();
    var head = new StringBuilder(command).append('\n');
    boolean escaped = !command.equals("CONNECT") && !command.equals("STOMP");
    headers.forEach(
        (name, value) ->
            head.append(escaped ? version.escape(name) : name)
                .append(':')
                .append(escaped ? version.escape(value) : value)
                .append('\n'));
    out.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    out.write(0);
    return out.toByteArray();
  }

  /** Reads the frame that begins at {@code from}; null when it is not complete. */
  static @Nullable Parsed parse(byte[] bytes, int from, StompVersion version) {
    int at = from;
    while (at < bytes.length && bytes[at] == '\n') {
      at++;
    }
    int headEnd = at;
    while (headEnd + 1 < bytes.length && !(bytes[headEnd] == '\n' && bytes[headEnd + 1] == '\n')) {
      headEnd++;
    }
    if (headEnd + 1 >= bytes.length) {
      return null;
    }
    String[] lines = new String(bytes, at, headEnd - at, StandardCharsets.UTF_8).split("\n", -1);
    Map<String, String> headers = new LinkedHashMap<>();
    boolean escaped = !lines[0].equals("CONNECTED");
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1);
      headers.putIfAbsent(
          escaped ? version.unescape(name) : name, escaped ? version.unescape(value) : value);
    }
    int start = headEnd + 2;
    int end = start;
    if (headers.containsKey("content-length")) {
      end = start + Integer.parseInt(headers.get("content-length"));
    } else {
      while (end < bytes.length && bytes[end] != 0) {
        end++;
      }
    }
    if (end >= bytes.length) {
      return null;
    }
    if (bytes[end] != 0) {
      throw new AssertionError("a frame does not end with NUL: " + lines[0]);
    }
    return new Parsed(new Frame(lines[0], headers, Arrays.copyOfRange(bytes, start, end)), end + 1);
  }

  /**
   * A frame that was read.
   *
   * @param end where the next one begins
   */
  record Parsed(Frame frame, int end) {}

  @Override
  public String toString() {
    return command + headers + " " + (body.length > 200 ? body.length + " bytes" : text());
  }
}
