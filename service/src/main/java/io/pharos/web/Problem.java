package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.admission.NotAdmittedException;
import io.pharos.message.PharosException;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An error as a problem document, RFC 9457: what every failing call answers.
 *
 * @param headers what the answer says beside the document
 */
record Problem(int status, String title, String detail, Map<String, String> headers) {
  static final String MEDIA_TYPE = "application/problem+json";

  Problem(int status, String title, String detail) {
    this(status, title, detail, headers(status));
  }

  static Problem of(PharosException failure) {
    Problem problem = of(failure.code(), failure.detail());
    if (failure instanceof NotAdmittedException refused) {
      return problem.with("Retry-After", Long.toString(refused.pause().toSeconds()));
    }
    if (problem.status == 401 && !(failure instanceof TokenRequiredException)) {
      return problem.with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    return problem;
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
    headers.forEach(response::header);
    return response.build();
  }

  void writeTo(HttpServletResponse response) throws IOException {
    byte[] body = json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    headers.forEach(response::setHeader);
    response.getOutputStream().write(body);
  }

  private static Map<String, String> headers(int status) {
    return switch (status) {
      case 401 -> Map.of("Cache-Control", "no-store", "WWW-Authenticate", "Bearer");
      case 429, 503 -> Map.of("Cache-Control", "no-store", "Retry-After", "5");
      default -> Map.of("Cache-Control", "no-store");
    };
  }

  private Problem with(String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return new Problem(status, title, detail, Map.copyOf(changed));
  }

  private String json() {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    json.add("type", "about:blank").add("title", title).add("status", status).add("detail", detail);
    return json.build().toString();
  }
}
