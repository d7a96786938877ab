package io.pharos.web;

import io.pharos.message.Headers;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which headers a page of another origin may send, as {@code Access-Control-Allow-Headers}. There
 * is no wildcard for calls with credentials (Fetch standard, CORS protocol), so a message's
 * headers, {@code Pharos-Header-NAME}, are allowed by the names that the preflight asks for.
 */
final class AllowedHeaders {
  private static final String ALWAYS =
      "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Cache-Control,"
          + " Pharos-Header-event";

  /** A token of RFC 9110, section 5.6.2, and no longer than a message's headers may be. */
  private static final Pattern OF_A_MESSAGE =
      Pattern.compile(
          PublicationHeaders.PREFIX + "[-!#$%&'*+.^_`|~0-9A-Za-z]{1," + Headers.MAX_NAME + "}",
          Pattern.CASE_INSENSITIVE);

  private AllowedHeaders() {}

  /**
   * Those that are always allowed, and as many as a message can have of those that are asked for.
   *
   * @param requested the preflight's {@code Access-Control-Request-Headers}; null without one
   */
  static String of(@Nullable String requested) {
    Stream<String> named = requested == null ? Stream.of() : Arrays.stream(requested.split(","));
    Stream<String> ofTheMessage =
        named
            .map(String::strip)
            .filter(name -> OF_A_MESSAGE.matcher(name).matches())
            .limit(Headers.MAX_COUNT);
    return Stream.concat(Stream.of(ALWAYS), ofTheMessage).collect(Collectors.joining(", "));
  }
}
