package io.pharos.web;

import io.pharos.message.PharosException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Refuses requests that do not say for certain where they end, and ends their connection: the
 * container takes them as if they had no body, and what follows as another request. A length that
 * it cannot read it does not even show: where a call to publish says nothing about its body,
 * nothing more is read from its connection. Declared in web.xml, where it is the first of all.
 */
public class FramingFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    List<String> lengths = values(request, "Content-Length");
    List<String> codings = values(request, "Transfer-Encoding");
    String fault = Framing.fault(lengths, codings);
    if (fault == null) {
      if (lengths.isEmpty() && codings.isEmpty() && publishes(request)) {
        response.setHeader("Connection", "close");
      }
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Connection", "close");
    Problem.of(PharosException.Code.BAD_REQUEST, fault).writeTo(response);
  }

  private static boolean publishes(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        && request.getServletPath().equals("/api")
        && request.getProtocol().startsWith("HTTP/1");
  }

  private static List<String> values(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }
}
