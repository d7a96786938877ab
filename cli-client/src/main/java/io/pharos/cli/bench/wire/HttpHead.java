package io.pharos.cli.bench.wire;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A response's status and headers.
 *
 * @param headers by their names in lower case; of several with one name, the last
 */
record HttpHead(int status, Map<String, String> headers) {
  private static final Pattern LINE_END = Pattern.compile("\r?\n");
  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

  /** Parses a head, without the empty line at its end. */
  static HttpHead parse(String text) {
    String[] lines = LINE_END.split(text, -1);
    String[] words = lines[0].split(" ", 3);
    if (words.length < 2
        || !words[0].startsWith("HTTP/1.")
        || !STATUS.matcher(words[1]).matches()) {
      throw new WireException("the server does not speak HTTP/1.1");
    }
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) {
        throw new WireException("the server sent a malformed header");
      }
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new HttpHead(Integer.parseInt(words[1]), headers);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** In seconds; 0 when there is none, or a date (RFC 9110, 10.2.3). */
  int retryAfter() {
    String value = header("retry-after");
    return SECONDS.matcher(value).matches() ? Integer.parseInt(value) : 0;
  }

  /** Whether a header's list of words has this one. */
  boolean says(String name, String word) {
    return header(name).toLowerCase(Locale.ROOT).contains(word);
  }
}
