package io.pharos.message;

import org.jspecify.annotations.Nullable;

/**
 * What a publisher hands in.
 *
 * @param contentType the media type as given, or null when the publisher named none: none is
 *     invented
 * @param idempotencyKey 1 to {@value #MAX_KEY} visible ASCII characters that make a second
 *     publication of the same key to the same destination, while the first one's is remembered,
 *     answer with the first one's message; or null
 */
public record Publication(
    Destination destination,
    Body body,
    @Nullable String contentType,
    Headers headers,
    @Nullable String idempotencyKey) {
  public static final int MAX_KEY = 128;
  private static final int MAX_CONTENT_TYPE = 255;

  public Publication {
    if (contentType != null
        && (contentType.isBlank()
            || contentType.length() > MAX_CONTENT_TYPE
            || !contentType.chars().allMatch(c -> c >= ' ' && c < 0x7f))) {
      throw PharosException.badRequest(
          "content type must be 1 to " + MAX_CONTENT_TYPE + " visible ASCII characters");
    }
    if (idempotencyKey != null
        && (idempotencyKey.isEmpty()
            || idempotencyKey.length() > MAX_KEY
            || !idempotencyKey.chars().allMatch(c -> c > ' ' && c < 0x7f))) {
      throw PharosException.badRequest(
          "idempotency key must be 1 to " + MAX_KEY + " visible ASCII characters");
    }
  }

  public static Publication text(Destination destination, String body) {
    return new Publication(destination, Body.of(body), null, Headers.NONE, null);
  }
}
