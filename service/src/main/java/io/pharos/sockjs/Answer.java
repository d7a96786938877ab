package io.pharos.sockjs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer. Immutable.
 *
 * @param headers by name, {@code Content-Type} among them
 * @param body as text, in UTF-8
 */
public record Answer(int status, Map<String, String> headers, String body) {
  static final String TEXT = "text/plain; charset=UTF-8";
  private static final String NOT_CACHED =
      "no-store, no-cache, no-transform, must-revalidate, max-age=0";

  public Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(int status) {
    return new Answer(status, Map.of(), "");
  }

  static Answer of(int status, String type, String body) {
    return new Answer(status, Map.of("Content-Type", type), body);
  }

  static Answer text(int status, String body) {
    return of(status, TEXT, body);
  }

  static Answer notFound() {
    return text(404, "404 Error: Page not found\n");
  }

  Answer with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  Answer notCached() {
    return with("Cache-Control", NOT_CACHED);
  }
}
