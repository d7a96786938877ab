package io.pharos.web;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether it is certain where a request ends (RFC 9112, section 6.3). Where it is not, what one
 * server on the way takes for a body is the next request to another.
 */
final class Framing {
  private static final Pattern LENGTH = Pattern.compile("[0-9]+");

  private Framing() {}

  /**
   * What is wrong with it, in words for whoever sent it; null for nothing.
   *
   * @param lengths all that is said as Content-Length
   * @param codings all that is said as Transfer-Encoding
   */
  static @Nullable String fault(List<String> lengths, List<String> codings) {
    if (lengths.size() > 1) {
      return "there must be one Content-Length, not " + lengths.size();
    }
    if (!lengths.isEmpty() && !LENGTH.matcher(lengths.getFirst().strip()).matches()) {
      return "Content-Length must be a number of bytes";
    }
    if (codings.isEmpty()) {
      return null;
    }
    if (codings.size() > 1 || !codings.getFirst().strip().equalsIgnoreCase("chunked")) {
      return "Transfer-Encoding must be 'chunked', and nothing else";
    }
    return lengths.isEmpty() ? null : "with Transfer-Encoding, there must be no Content-Length";
  }
}
