package io.pharos.web;

import io.pharos.message.PharosException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Checks where a browser's request comes from, before anything else is done, for calls, streams and
 * WebSocket handshakes alike, and answers preflights (Fetch standard, CORS protocol).
 */
@WebFilter(
    urlPatterns = {"/api/*", "/ws", "/ws/*"},
    asyncSupported = true)
public class OriginFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject transient OriginPolicy policy;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      chain.doFilter(request, response);
      return;
    }
    response.addHeader("Vary", "Origin");
    if (!policy.allows(origin, request.getHeader("Host"), request.isSecure())) {
      Problem.of(
              PharosException.Code.FORBIDDEN,
              "requests from this origin are not allowed: pharos.allowed-origins lists those that"
                  + " are")
          .writeTo(response);
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    if (request.getMethod().equals("OPTIONS")
        && !isSockJs(request)
        && request.getHeader("Access-Control-Request-Method") != null) {
      response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE, OPTIONS");
      String requested = request.getHeader("Access-Control-Request-Headers");
      response.setHeader("Access-Control-Allow-Headers", AllowedHeaders.of(requested));
      response.addHeader("Vary", "Access-Control-Request-Headers");
      response.setHeader("Access-Control-Max-Age", "3600");
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    response.setHeader("Access-Control-Expose-Headers", "Location, Retry-After, WWW-Authenticate");
    chain.doFilter(request, response);
  }

  /** SockJS answers preflights itself, as its clients expect it. */
  private static boolean isSockJs(HttpServletRequest request) {
    return request.getServletPath().equals("/ws");
  }
}
