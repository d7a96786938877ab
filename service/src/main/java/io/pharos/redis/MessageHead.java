package io.pharos.redis;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All of a message but its body and its position, as text: a line with the content type, empty when
 * there is none, and a line {@code name:value} for each header. A line feed and a backslash in it
 * are written as {@code \n} and {@code \\}, a colon in a name as {@code \c}.
 */
record MessageHead(@Nullable String contentType, Headers headers) {

  static byte[] encode(Publication publication) {
    var text = new StringBuilder(64);
    if (publication.contentType() != null) {
      text.append(publication.contentType());
    }
    publication
        .headers()
        .values()
        .forEach(
            (name, value) -> {
              text.append('\n').append(escaped(name).replace(":", "\\c"));
              text.append(':').append(escaped(value));
            });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Makes the message; null when the head is not one. */
  static @Nullable Message decode(
      Destination destination, Position position, Instant time, byte[] head, byte[] body) {
    try {
      String[] lines = new String(head, StandardCharsets.UTF_8).split("\n", -1);
      Headers headers = Headers.NONE;
      if (lines.length > 1) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
          int colon = lines[i].indexOf(':');
          values.put(
              unescaped(lines[i].substring(0, colon)), unescaped(lines[i].substring(colon + 1)));
        }
        headers = new Headers(values);
      }
      String contentType = lines[0].isEmpty() ? null : lines[0];
      return new Message(
          position,
          time,
          new Publication(destination, Body.wrap(body), contentType, headers, null));
    } catch (PharosException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String unescaped(String text) {
    int next = text.indexOf('\\');
    if (next < 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    int from = 0;
    while (next >= 0) {
      out.append(text, from, next);
      out.append(
          switch (text.charAt(next + 1)) {
            case 'n' -> '\n';
            case 'c' -> ':';
            case '\\' -> '\\';
            default -> throw PharosException.badRequest("unknown escape in a header");
          });
      from = next + 2;
      next = text.indexOf('\\', from);
    }
    return out.append(text, from, text.length()).toString();
  }
}
