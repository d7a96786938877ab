package io.pharos.web;

import io.pharos.security.Identity;
import io.pharos.security.TokenVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Finds out whom a request's token names, if it has one: in its header, else in the cookie. */
@ApplicationScoped
public class RequestIdentity {
  @Inject TokenVerifier verifier;
  @Inject WebLimits limits;

  /**
   * Null when there is no token.
   *
   * @throws io.pharos.message.PharosException when there is one that does not hold, or that is not
   *     enough for a request of this method
   */
  @Nullable Identity of(HttpServletRequest request) {
    String token =
        Credentials.token(
            request.getMethod(),
            request.getHeader("Authorization"),
            cookie(request),
            request.getHeader("Origin"));
    return token == null ? null : verifier.verify(token);
  }

  private @Nullable String cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(limits.cookie())) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }
}
