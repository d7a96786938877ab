package io.pharos.web;

import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of a message that is published by HTTP: request headers {@code Pharos-Header-NAME},
 * names in lower case since HTTP does not keep their case, values in UTF-8. What is given several
 * times is one list (RFC 9110, section 5.3).
 */
final class PublicationHeaders {
  /** Begins the names of such request headers, here in lower case. */
  static final String PREFIX = "pharos-header-";

  private PublicationHeaders() {}

  static Headers of(MultivaluedMap<String, String> request) {
    Map<String, String> values = new LinkedHashMap<>();
    request.forEach(
        (name, all) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.startsWith(PREFIX)) {
            String value = decode(name, String.join(", ", all));
            values.merge(lower.substring(PREFIX.length()), value, (a, b) -> a + ", " + b);
          }
        });
    return values.isEmpty() ? Headers.NONE : new Headers(values);
  }

  /** Containers make a character of each byte. */
  private static String decode(String name, String value) {
    try {
      ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(value));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new PharosException(
          PharosException.Code.BAD_REQUEST, "the value of '" + name + "' must be UTF-8", e);
    }
  }
}
