package io.pharos.web;

import io.pharos.message.PharosException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token in what a client sent: {@code Authorization: Bearer …} (RFC 6750, section 2.1),
 * else the cookie.
 */
final class Credentials {
  private static final String SCHEME = "bearer ";

  private Credentials() {}

  /**
   * The token of a request with this method and these headers; null when there is none.
   *
   * <p>A cookie is a token that browsers attach by themselves: with one, a request that changes
   * something must also come from an allowed origin, which {@link OriginFilter} has checked when
   * the header was there.
   *
   * @param cookie the value of the cookie that may carry the token
   * @throws PharosException FORBIDDEN when it is not
   */
  static @Nullable String token(
      String method,
      @Nullable String authorization,
      @Nullable String cookie,
      @Nullable String origin) {
    if (authorization != null) {
      return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
          ? authorization.substring(SCHEME.length()).strip()
          : null;
    }
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (cookie != null && !reads && origin == null) {
      throw new PharosException(
          PharosException.Code.FORBIDDEN,
          "with a cookie for a token, the Origin header is required");
    }
    return cookie;
  }
}
