package io.pharos.it;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The first part of an HTTP answer.
 *
 * @param headers by their names in lower case
 */
record HttpHead(int status, Map<String, List<String>> headers) {

  Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }
}
