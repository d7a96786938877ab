package io.pharos.web;

import io.pharos.message.PharosException;
import io.pharos.security.Identity;
import io.pharos.security.TokenExpiredException;
import io.pharos.security.TokenVerifier;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/** Lets nobody call without a token that holds. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {
  @Inject TokenVerifier verifier;
  @Inject WebLimits limits;

  @Override
  public void filter(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(limits.cookie());
    String token =
        Credentials.token(
            request.getMethod(),
            request.getHeaderString(HttpHeaders.AUTHORIZATION),
            cookie == null ? null : cookie.getValue(),
            request.getHeaderString("Origin"));
    if (token == null) {
      throw new TokenRequiredException(
          "a token is required: send 'Authorization: Bearer TOKEN' or the cookie '"
              + limits.cookie()
              + "'");
    }
    try {
      request.setSecurityContext(
          new CallerContext(verifier.verify(token), request.getSecurityContext()));
    } catch (TokenExpiredException e) {
      if (!resumesAStream(request)) {
        throw e;
      }
      // An event stream that comes back after its token has expired: 204 tells it to stop (HTML
      // standard, 9.2).
      request.abortWith(Response.noContent().build());
    } catch (PharosException e) {
      if (!mayComeBack(e, request)) {
        throw e;
      }
      // The keys cannot be had at the moment: no status but 200 lets an EventSource come back.
      request.abortWith(StreamResource.notNow(e));
    }
  }

  /** For any other call, 204 would say that it was done. */
  private static boolean resumesAStream(ContainerRequestContext request) {
    return request.getHeaderString("Last-Event-ID") != null && isForAStream(request);
  }

  /** Whether it is a stream that could not be opened for a reason that passes. */
  static boolean mayComeBack(PharosException failure, ContainerRequestContext request) {
    return failure.code() == PharosException.Code.UNAVAILABLE && isForAStream(request);
  }

  private static boolean isForAStream(ContainerRequestContext request) {
    return request.getUriInfo().getMatchedResources().getFirst() instanceof StreamResource;
  }

  private record CallerContext(Identity identity, SecurityContext outer)
      implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return new Caller(identity);
    }

    @Override
    public boolean isUserInRole(String role) {
      return role.equals("admin") && identity.rights().admin();
    }

    @Override
    public boolean isSecure() {
      return outer.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
