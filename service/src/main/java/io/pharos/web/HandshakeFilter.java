package io.pharos.web;

import io.pharos.admission.Admission;
import io.pharos.admission.NotAdmittedException;
import io.pharos.message.PharosException;
import io.pharos.security.Identity;
import io.pharos.security.TokenVerifier;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether there is room for a WebSocket, and at the token that its handshake may carry: what
 * does not hold is refused here, where a status can still say so. A handshake without one is let
 * in, to log in by its CONNECT frame.
 */
@WebFilter(urlPatterns = "/ws", asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject transient TokenVerifier verifier;
  @Inject transient WebLimits limits;
  @Inject transient Admission admission;
  @Inject transient ClientAddress addresses;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      response.setHeader("Upgrade", "websocket");
      new Problem(426, "Upgrade required", "this address speaks STOMP over WebSocket")
          .writeTo(response);
      return;
    }
    String address = addresses.of(request);
    Identity identity;
    try {
      admission.handshake(address);
      identity = identity(request);
    } catch (NotAdmittedException e) {
      // What clients see of it is a failed connection, and all of them try again.
      response.setHeader("Retry-After", Long.toString(e.pause().toSeconds()));
      Problem.of(e).writeTo(response);
      return;
    } catch (PharosException e) {
      Problem.of(e).writeTo(response);
      return;
    }
    Handshake.begin(identity, address);
    try {
      chain.doFilter(request, response);
    } finally {
      Handshake.end();
    }
  }

  private @Nullable Identity identity(HttpServletRequest request) {
    String token = Credentials.token(request.getHeader("Authorization"), cookie(request));
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
