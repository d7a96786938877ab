package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.message.PharosException;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An error as a problem document, RFC 9457: what every failing call answers. */
record Problem(int status, String title, String detail) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(PharosException failure) {
    return of(failure.code(), failure.detail());
  }

  static Problem of(PharosException.Code code, String detail) {
    return switch (code) {
      case BAD_REQUEST -> new Problem(400, "Bad request", detail);
      case UNAUTHENTICATED -> new Problem(401, "Not authenticated", detail);
      case FORBIDDEN -> new Problem(403, "Not allowed", detail);
      case TOO_LARGE -> new Problem(413, "Too large", detail);
      case LIMIT_EXCEEDED -> new Problem(429, "Limit exceeded", detail);
      case UNSUPPORTED -> new Problem(501, "Not supported", detail);
      case BUSY -> new Problem(503, "Busy", detail);
      case UNAVAILABLE -> new Problem(503, "Broker not available", detail);
    };
  }

  Response response() {
    Response.ResponseBuilder response = Response.status(status).type(MEDIA_TYPE).entity(json());
    response.header("Cache-Control", "no-store");
    if (status == 401) {
      response.header("WWW-Authenticate", "Bearer");
    }
    if (status == 503 || status == 429) {
      response.header("Retry-After", "5");
    }
    return response.build();
  }

  void writeTo(HttpServletResponse response) throws IOException {
    byte[] body = json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(body);
  }

  private String json() {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    json.add("type", "about:blank").add("title", title).add("status", status).add("detail", detail);
    return json.build().toString();
  }
}
