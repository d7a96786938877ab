package io.pharos.web;

import io.pharos.sockjs.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A servlet's request, its address as it was sent: containers tidy up what they say of it. */
final class ServletRequestView implements Request {
  private final HttpServletRequest request;

  ServletRequestView(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    String base = request.getContextPath() + request.getServletPath();
    return request.getRequestURI().substring(base.length());
  }

  @Override
  public String query() {
    String query = request.getQueryString();
    return query == null ? "" : query;
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public byte @Nullable [] body(int most) throws IOException {
    if (request.getContentLengthLong() > most) {
      return null;
    }
    byte[] bytes = request.getInputStream().readNBytes(most + 1);
    return bytes.length > most ? null : bytes;
  }
}
