package io.pharos.web;

import org.jspecify.annotations.Nullable;

/**
 * Finds the token in what a client sent: {@code Authorization: Bearer …} (RFC 6750, section 2.1),
 * else the cookie.
 */
final class Credentials {
  private static final String SCHEME = "bearer ";

  private Credentials() {}

  static @Nullable String token(@Nullable String authorization, @Nullable String cookie) {
    if (authorization != null) {
      return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
          ? authorization.substring(SCHEME.length()).strip()
          : null;
    }
    return cookie;
  }
}
