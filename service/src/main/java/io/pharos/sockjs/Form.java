package io.pharos.sockjs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names and values as in a query or a posted form.
 *
 * @param text as it was sent
 */
record Form(String text) {

  /** A field's first value; null when there is none that can be read. */
  @Nullable String value(String name) {
    for (String pair : text.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        try {
          return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          return null;
        }
      }
    }
    return null;
  }
}
