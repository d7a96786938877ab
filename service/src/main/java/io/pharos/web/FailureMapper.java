package io.pharos.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers our own faults: the log gets all of it, the client nothing but the fact. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {
  @Override
  public Response toResponse(Throwable failure) {
    System.getLogger(FailureMapper.class.getName())
        .log(System.Logger.Level.ERROR, "A request failed", failure);
    return new Problem(500, "Internal error", "the server failed; its log says why").response();
  }
}
