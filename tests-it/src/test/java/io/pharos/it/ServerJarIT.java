package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable server, as an operator starts and stops it. */
class ServerJarIT {
  /** A stop that waits for connections which are open takes longer, by default half a minute. */
  private static final Duration STOP = Duration.ofSeconds(12);

  private static final Map<String, String> KEY =
      Map.of(
          "PHAROS_JWT_SECRET",
          Node.property("test.jwt.secret"),
          "PHAROS_JWT_AUDIENCE",
          Node.property("test.jwt.audience"));

  @TempDir static Path home;

  /** A server of its own process. */
  private record Server(Program program, URI uri) implements AutoCloseable {

    static Server start(String name, Map<String, String> environment) throws IOException {
      int port = FreePort.next();
      Map<String, String> all = new HashMap<>(environment);
      all.put("PHAROS_HTTP_PORT", Integer.toString(port));
      all.put("WLP_JAR_EXTRACT_DIR", home.resolve(name).toString());
      Program program =
          Program.start(
              home, all, List.of(Program.java(), "-jar", Node.property("pharos.server.jar")));
      var server = new Server(program, URI.create("http://localhost:" + port));
      Await.until(
          () -> "the server to be ready: " + program.out() + program.err(),
          Duration.ofMinutes(3),
          server::isReady);
      return server;
    }

    private boolean isReady() {
      if (!program.isRunning()) {
        throw new AssertionError("the server has ended: " + program.out() + program.err());
      }
      try {
        return new Rest(uri, "").get("/health/ready").statusCode() == 200;
      } catch (AssertionError e) {
        return false;
      }
    }

    @Override
    public void close() {
      program.close();
    }
  }

  @Test
  void serverWithAKeyWorksAndStopsInTimeWithAGoodbyeToItsClients() throws Exception {
    try (Server server = Server.start("with-key", KEY)) {
      Rest alice = Rest.of(server.uri(), Token.of("alice"));
      try (EventStream stream =
              EventStream.raw(
                  server.uri(),
                  EventStream.of("/topic/x"),
                  "Authorization: " + Token.of("alice").bearer());
          StompClient stomp = StompClient.connect(server.uri(), Token.of("alice"))) {
        stream.connected();
        stomp.subscribe("s", "/topic/x");
        String id = alice.publish("/topic/x", "hello");

        assertThat(stream.next()).isEqualTo(new Event(id, "message", "hello"));
        assertThat(stomp.expect("MESSAGE").text()).isEqualTo("hello");
        refusesWhatItMust(server.uri());

        stopsWithGoodbye(server, stream, stomp);
      }
    }
  }

  private static void refusesWhatItMust(URI server) {
    Token good = Token.of("mallory");
    Map<String, Token> refused =
        Map.of(
            "signed with another key", good.signedWith("another-key-of-the-same-length-0123"),
            "not signed", good.unsigned(),
            "expired", good.lasting(Duration.ofSeconds(-5)),
            "for another audience", good.claim("aud", "somebody-else"));
    refused.forEach(
        (what, token) ->
            assertThat(Rest.of(server, token).post(Rest.messages("/topic/x"), "x").statusCode())
                .as(what)
                .isEqualTo(401));
    HttpResponse<String> withoutRight =
        Rest.of(server, good.withoutRights()).post(Rest.messages("/topic/x"), "x");
    assertThat(withoutRight.statusCode()).isEqualTo(403);
  }

  private static void stopsWithGoodbye(Server server, EventStream stream, StompClient stomp) {
    List<ProcessHandle> family = server.program().family();
    int greeted = stream.text().length();
    long begun = System.nanoTime();
    server.program().terminate();

    int exit = server.program().exit(Duration.ofSeconds(90));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(STOP);
    assertThat(exit).isIn(0, 143);
    Await.until("all of its processes to end", () -> family.stream().noneMatch(p -> p.isAlive()));
    assertThat(stream.awaitEnd(Await.PATIENCE)).isTrue();
    assertThat(stream.text().substring(greeted)).containsPattern("retry: [0-9]+\n");
    assertThat(stomp.expect("ERROR").header("pharos-error")).isEqualTo("SERVER_STOPPING");
    // 1006 when the container, which stops at the same time, was faster than the close frame.
    assertThat(stomp.closeCode()).isIn(1001, 1006);
    assertThat(server.program().out() + server.program().err())
        .doesNotContain("\tat ")
        .doesNotContain("DEVELOPMENT MODE");
  }

  @Test
  void drainingServerTellsNewStreamsToComeBackWithThePositionThatTheyHave() throws Exception {
    try (Server server = Server.start("draining", KEY)) {
      Rest admin = Rest.of(server.uri(), Token.ofAdmin());
      assertThat(admin.post("/api/drain", "").statusCode()).isEqualTo(202);

      for (String target :
          List.of(EventStream.of("/topic/new"), EventStream.of("/topic/a", "/topic/b/**"))) {
        try (EventStream stream =
            EventStream.raw(
                server.uri(),
                target,
                "Authorization: " + Token.of("alice").bearer(),
                "Last-Event-ID: e-1")) {
          assertThat(stream.head().status()).isEqualTo(200);
          assertThat(stream.awaitEnd(Await.PATIENCE)).isTrue();
          assertThat(stream.text()).matches("retry: [0-9]+\n\n: The server is stopping\n\n");
        }
      }
      assertThat(server.program().out() + server.program().err()).doesNotContain("\tat ");
    }
  }

  @Test
  void serverWithoutAKeyRefusesEveryTokenAndSaysSo() throws Exception {
    try (Server server = Server.start("without-key", Map.of())) {
      var tokens = new ArrayList<>(List.of(Token.of("alice"), Token.of("alice").unsigned()));
      tokens.add(Token.of("alice").without("aud"));
      for (Token token : tokens) {
        Rest rest = Rest.of(server.uri(), token);
        assertThat(rest.post(Rest.messages("/topic/x"), "x").statusCode()).isEqualTo(401);
        assertThat(rest.get(EventStream.of("/topic/x")).statusCode()).isEqualTo(401);
      }
      Program program = server.program();
      Await.until(
          () -> "to be told of the key, not " + program.out() + program.err(),
          Await.PATIENCE,
          () -> (program.out() + program.err()).contains("No key is configured"));
      assertThat(program.out() + program.err()).contains("pharos.jwt.secret");
    }
  }
}
