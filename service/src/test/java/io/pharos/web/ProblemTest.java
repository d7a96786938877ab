package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.security.TokenExpiredException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void aTokenThatDoesNotHoldIsSaidToBeInvalid() throws IOException {
    var refused = new PharosException(Code.UNAUTHENTICATED, "the token's issuer is unknown");
    assertThat(written(Problem.of(refused)))
        .containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    assertThat(written(Problem.of(new TokenExpiredException(Instant.EPOCH))))
        .containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }

  @Test
  void whoSendsNoTokenIsAskedForOne() throws IOException {
    assertThat(written(Problem.of(new TokenRequiredException("a token is required"))))
        .containsEntry("WWW-Authenticate", "Bearer");
    assertThat(written(HttpExceptionMapper.problem(401)))
        .containsEntry("WWW-Authenticate", "Bearer");
  }

  @Test
  void whoMayComeBackIsToldWhen() throws IOException {
    for (Code code : Code.values()) {
      Problem problem = Problem.of(code, "why");
      boolean later = problem.status() == 503 || problem.status() == 429;
      assertThat(written(problem).get("Retry-After")).as("%s", code).isEqualTo(later ? "5" : null);
    }
  }

  @Test
  void noProblemIsKept() throws IOException {
    assertThat(written(new Problem(404, "Not found", "why")))
        .containsOnly(Map.entry("Cache-Control", "no-store"));
  }

  /** The headers that a servlet sends. */
  private static Map<String, String> written(Problem problem) throws IOException {
    Map<String, String> headers = new HashMap<>();
    problem.writeTo(
        (HttpServletResponse)
            Proxy.newProxyInstance(
                ProblemTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("setHeader")) {
                    headers.put((String) arguments[0], (String) arguments[1]);
                  }
                  return method.getName().equals("getOutputStream") ? new Discarding() : null;
                }));
    return headers;
  }

  private static final class Discarding extends ServletOutputStream {
    @Override
    public void write(int b) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
