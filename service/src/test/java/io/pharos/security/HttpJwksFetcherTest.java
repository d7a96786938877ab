package io.pharos.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpJwksFetcherTest {
  private HttpServer server;
  private final AtomicInteger redirected = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Test
  void aTokenIsVerifiedWithAKeyFetchedOverHttp() {
    RSAKey key = SignedTokens.rsa("k", 2048);
    server.createContext("/jwks", e -> answer(e, 200, new JWKSet(key).toString()));
    TokenVerifier verifier = SignedTokens.verifier(new KeySource.Jwks(address("/jwks")));

    assertThat(verifier.verify(SignedTokens.rs256(key, SignedTokens.claims(c -> {}))).user())
        .hasToString("alice");
  }

  @Test
  void redirectsAreNotFollowed() {
    server.createContext(
        "/other",
        e -> {
          redirected.incrementAndGet();
          answer(e, 200, "{\"keys\":[]}");
        });
    server.createContext(
        "/jwks",
        e -> {
          e.getResponseHeaders().add("Location", "/other");
          answer(e, 302, "");
        });

    assertThatIOException()
        .isThrownBy(() -> new HttpJwksFetcher(address("/jwks")).fetch())
        .withMessage("status 302");
    assertThat(redirected).hasValue(0);
  }

  @Test
  void errorsAreReportedByStatus() {
    assertThatIOException()
        .isThrownBy(() -> new HttpJwksFetcher(address("/nowhere")).fetch())
        .withMessage("status 404");
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    server.createContext(
        "/jwks",
        e -> {
          e.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[64 * 1024];
          try (OutputStream out = e.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
              out.write(chunk);
            }
          } catch (IOException closed) {
            // What the test is about.
          }
        });

    assertThatIOException()
        .isThrownBy(() -> new HttpJwksFetcher(address("/jwks")).fetch())
        .withMessageContaining("more than 262144 bytes");
  }

  @Test
  void anEndpointThatIsDownIsAnIoError() {
    server.stop(0);

    assertThatIOException().isThrownBy(() -> new HttpJwksFetcher(address("/jwks")).fetch());
  }
}
