package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.cli.terminal.Environment.Terminals;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishCommandTest {
  private static final String CREATED = "{\"id\":\"e-1\",\"destination\":\"/topic/a\"}";

  @TempDir Path home;
  private final StubServer server = new StubServer();
  private Shell shell;

  @BeforeEach
  void shell() {
    shell = new Shell(home).with("PHAROS_SERVER", server.url()).with("PHAROS_TOKEN", "tok");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsTheArgumentAndPrintsTheId() {
    server.answer(201, CREATED);
    var result = shell.run("publish", "/topic/a", "grüße");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("e-1\n");
    assertThat(result.err()).isEmpty();
    var request = server.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).isEqualTo("/api/messages?destination=%2Ftopic%2Fa");
    assertThat(request.body()).isEqualTo("grüße");
    assertThat(request.header("Authorization")).isEqualTo("Bearer tok");
    assertThat(request.header("Content-Type")).isEqualTo("text/plain");
    assertThat(request.header("Idempotency-Key")).hasSize(36);
  }

  @Test
  void printsTheServersObjectWithJson() {
    server.answer(201, CREATED);
    assertThat(shell.run("publish", "/topic/a", "b", "--json").out()).isEqualTo(CREATED + "\n");
  }

  @Test
  void reachesAServerBelowAContextRoot() {
    server.answer(201, CREATED);
    shell.run("--server", server.url() + "/push/", "publish", "/topic/a", "b");
    assertThat(server.requests().getFirst().uri()).startsWith("/push/api/messages?");
  }

  @Test
  void sendsStandardInputAsOneMessageWithItsLineEnds() {
    server.answer(201, CREATED).answer(201, CREATED);
    shell.stdin("a\nb\n").run("publish", "/topic/a", "-");
    shell.stdin("c\n").run("publish", "/topic/a");
    assertThat(server.requests())
        .extracting(StubServer.Request::body)
        .containsExactly("a\nb\n", "c\n");
  }

  @Test
  void asksForABodyRatherThanWaitingForTheKeyboard() {
    var result = shell.terminals(new Terminals(true, false, false)).run("publish", "/topic/a");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no body");
  }

  @Test
  void anEmptyBodyIsAMessage() {
    server.answer(201, CREATED);
    assertThat(shell.run("publish", "/topic/a", "").code()).isZero();
    assertThat(server.requests().getFirst().body()).isEmpty();
  }

  @Test
  void bytesThatAreNotTextAreOctets() {
    server.answer(201, CREATED);
    shell.stdin(new ByteArrayInputStream(new byte[] {(byte) 0xff, 0})).run("publish", "/topic/a");
    assertThat(server.requests().getFirst().header("Content-Type"))
        .isEqualTo("application/octet-stream");
  }

  @Test
  void sendsHeadersTypeAndKey() {
    server.answer(201, CREATED);
    shell.run(
        "publish",
        "/topic/a",
        "{}",
        "--content-type",
        "application/json",
        "--header",
        "kind=x=y",
        "--event",
        "price",
        "--idempotency-key",
        "k1");
    var request = server.requests().getFirst();
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("Pharos-Header-kind")).isEqualTo("x=y");
    assertThat(request.header("Pharos-Header-event")).isEqualTo("price");
    assertThat(request.header("Idempotency-Key")).isEqualTo("k1");
  }

  @Test
  void headersThatHttpWouldChangeGoAsJson() {
    server.answer(201, "[" + CREATED + "]").answer(201, "[" + CREATED + "]");
    assertThat(shell.run("publish", "/topic/a", "b", "--header", "name=grün").out())
        .isEqualTo("e-1\n");
    shell.run("publish", "/topic/a", "b", "--header", "orderId=7");
    assertThat(server.requests().getFirst().uri()).isEqualTo("/api/messages/batch");
    assertThat(server.requests().getFirst().body()).contains("\"headers\":{\"name\":\"grün\"}");
    assertThat(server.requests().get(1).body()).contains("\"headers\":{\"orderId\":\"7\"}");
  }

  @Test
  void readsTheTokenFromStandardInput() {
    server.answer(201, CREATED);
    shell.stdin("secret-token\n").run("--token", "-", "publish", "/topic/a", "b");
    assertThat(server.requests().getFirst().header("Authorization"))
        .isEqualTo("Bearer secret-token");
  }

  @Test
  void leavesToTheServerToSayWhatWasStored() {
    server.problem(503, "Redis cannot be reached; nothing was stored");
    assertThat(shell.run("publish", "/topic/a", "b").err())
        .isEqualTo(
            "pharos: "
                + server.url()
                + " is not available: Redis cannot be reached; nothing was stored. Try again, or"
                + " see 'pharos health'.\n");
  }

  @Test
  void saysHowToPublishAgainWhereSomethingMayHaveBeenStored() {
    server
        .problem(503, "Redis has not answered: whether something was stored is unknown")
        .answer(504, "")
        .answer(exchange -> exchange.close());
    for (String what : List.of("is unknown", "HTTP status 504", "lost the connection")) {
      var result = shell.run("publish", "/topic/a", "b", "--idempotency-key", "k1");
      assertThat(result.code()).isOne();
      assertThat(result.err())
          .contains(what)
          .doesNotContainIgnoringCase("nothing was stored")
          .endsWith(
              "It may have been stored: publish again with --idempotency-key k1, so that it is not"
                  + " stored twice.\n");
    }
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void namesTheKeyThatItHasMade() {
    server.answer(504, "");
    String error = shell.run("publish", "/topic/a", "b").err();
    assertThat(error)
        .contains("--idempotency-key " + server.requests().getFirst().header("Idempotency-Key"));
  }

  @Test
  void whatSomethingInBetweenRefusesWasNotStored() {
    server.answer(503, "");
    assertThat(shell.run("publish", "/topic/a", "b").err())
        .contains("Try again")
        .doesNotContain("stored");
  }

  @Test
  void waitsForAServerThatIsNotThereYetWhenAsked() throws Exception {
    int port = ExitCodeTest.freePort();
    var starting = new StubServer[1];
    Runnable startAtTheFirstFailure =
        () -> {
          if (starting[0] == null) {
            starting[0] = new StubServer(port).answer(404, "").answer(201, CREATED);
          }
        };
    try {
      var result =
          shell
              .with("PHAROS_SERVER", "http://127.0.0.1:" + port)
              .onError(startAtTheFirstFailure)
              .run("publish", "/topic/a", "b", "--retry-for", "60s");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.err())
          .contains("connection refused; trying again")
          .contains("HTTP status 404; trying again");
    } finally {
      starting[0].close();
    }
  }

  @Test
  void aWrongAddressIsNotTriedAgain() {
    server.answer(404, "");
    assertThat(shell.run("publish", "/topic/a", "b", "--retry-for", "60s").code()).isOne();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aTryWithoutAnswerIsNotForgottenWhenTheLastOneIsRefused() {
    server.problem(504, "no answer in time").problem(403, "no right");
    var result = shell.run("publish", "/topic/a", "b", "--retry-for", "10s");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err())
        .contains("no right")
        .contains(
            "It may have been stored: publish again with --idempotency-key "
                + server.requests().getFirst().header("Idempotency-Key"));
  }

  @Test
  void triesAgainWithTheSameKeyWhenAsked() {
    server.problem(503, "broker away").answer(201, CREATED);
    var result = shell.run("publish", "/topic/a", "b", "--retry-for", "10s");
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("broker away; trying again");
    assertThat(server.requests().get(1).header("Idempotency-Key"))
        .isEqualTo(server.requests().get(0).header("Idempotency-Key"));
  }
}
