package io.pharos.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what the JAX-RS runtime refuses: no such resource, method or media type. */
@Provider
public class HttpExceptionMapper implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException failure) {
    Response refused = failure.getResponse();
    if (refused.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
      return refused;
    }
    Response.ResponseBuilder response =
        Response.fromResponse(problem(refused.getStatus()).response());
    String allow = refused.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      response.header(HttpHeaders.ALLOW, allow);
    }
    return response.build();
  }

  /** What a status says by itself. */
  static Problem problem(int status) {
    var known = Response.Status.fromStatusCode(status);
    return new Problem(status, known == null ? "Error" : known.getReasonPhrase(), detail(status));
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "there is no such resource: /openapi lists those that are there";
      case 405 -> "the method is not allowed here: the Allow header lists those that are";
      case 406 -> "no answer of an acceptable type can be given";
      case 415 -> "the content type is not supported here";
      default -> "the request cannot be handled";
    };
  }
}
