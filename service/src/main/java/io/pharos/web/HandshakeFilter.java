package io.pharos.web;

import io.pharos.admission.Admission;
import io.pharos.message.PharosException;
import io.pharos.security.Identity;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether there is room for a WebSocket, and at the token that its handshake may carry: what
 * does not hold is refused here, where a status can still say so. A handshake without one is let
 * in, to log in by its CONNECT frame. Whatever is no handshake goes to SockJS.
 */
@WebFilter(urlPatterns = "/ws/*", asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject transient RequestIdentity identities;
  @Inject transient WebLimits limits;
  @Inject transient Admission admission;
  @Inject transient ClientAddress addresses;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    if (!limits.sockJs() && (!upgrade || request.getPathInfo() != null)) {
      response.setHeader("Upgrade", "websocket");
      new Problem(426, "Upgrade required", "only /ws is served here: STOMP over WebSocket")
          .writeTo(response);
      return;
    }
    if (!upgrade) {
      chain.doFilter(request, response);
      return;
    }
    String address = addresses.of(request);
    Identity identity;
    try {
      admission.handshake(address);
      identity = identities.of(request);
    } catch (PharosException e) {
      Problem.of(e).writeTo(response);
      return;
    }
    Handshake.begin(identity, address);
    try {
      chain.doFilter(new WithoutSession(request), response);
    } finally {
      Handshake.end();
    }
  }

  /**
   * The container asks each handshake for an HTTP session, which would be made: a cookie for the
   * client, in place of one that another application has given it, and memory for half an hour
   * wherever the connection breaks before there is an endpoint.
   */
  private static final class WithoutSession extends HttpServletRequestWrapper {
    WithoutSession(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable HttpSession getSession() {
      return null;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
      return null;
    }
  }
}
