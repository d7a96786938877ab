package io.pharos.web;

import io.pharos.security.Identity;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who calls, as the request's principal. */
record Caller(Identity identity) implements Principal {
  @Override
  public String getName() {
    return identity.user().value();
  }

  /** The identity that {@link AuthenticationFilter} put into the request. */
  static Identity of(SecurityContext security) {
    if (security.getUserPrincipal() instanceof Caller caller) {
      return caller.identity();
    }
    throw new TokenRequiredException("a token is required");
  }
}
