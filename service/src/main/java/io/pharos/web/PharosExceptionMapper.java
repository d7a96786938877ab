package io.pharos.web;

import io.pharos.message.PharosException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what Pharos refuses. */
@Provider
public class PharosExceptionMapper implements ExceptionMapper<PharosException> {
  @Override
  public Response toResponse(PharosException failure) {
    return Problem.of(failure).response();
  }
}
