package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCodeTest {
  @TempDir Path home;
  private final StubServer server = new StubServer();
  private Shell shell;

  @BeforeEach
  void shell() {
    shell = new Shell(home).with("PHAROS_SERVER", server.url()).with("PHAROS_TOKEN", "t");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "publish",
        "subscribe",
        "token",
        "context",
        "publish /topic/a b --nonsense",
        "publish no-slash b",
        "publish /user/queue/a b",
        "publish /topic/* b",
        "publish /topic/a b --header destination=x",
        "publish /topic/a b --event connected",
        "publish /topic/a b --lines",
        "publish --lines --idempotency-key k /topic/a",
        "subscribe /topic/a/**/b",
        "subscribe /topic/a --timeout 10",
        "subscribe /topic/a --count 0",
        "subscribe /topic/a --count x",
        "subscribe /topic/a --since x",
        "subscribe /topic/a --last -1",
        "subscribe /topic/a --last 1 --all",
        "subscribe /topic/** --last 1",
        "subscribe /topic/a /user/queue/b --last 1",
        "subscribe /queue/a --transport stomp --all",
        "subscribe /topic/a /topic/b --transport stomp --since e-1",
        "subscribe /topic/a --transport carrier-pigeon",
        "bench --resume=sometimes",
        "history /topic/*",
        "history /topic/a --since nonsense",
        "history /topic/a --limit -1",
        "history /topic/a --last -1",
        "presence",
        "presence /topic/*",
        "presence no-slash",
        "kick",
        "kick ann --connection c1",
        "kick --connection",
        "drain --seconds -1",
        "drain --seconds 3601",
        "drain --seconds soon",
        "health --server ftp://x",
        "health --server http://user:secret@x",
        "health --context unknown",
        "token create",
        "token create --user u --ttl 0s",
        "token create --user u --secret short",
        "token create --user u --subscribe /topic/a*",
        "context add x",
        "context use x",
        "context remove x",
        "context add a/b --server http://x",
        "completion tcsh"
      })
  void aWrongCommandLineIsTwoAndSendsNothing(String line) {
    var result = shell.run(line.isEmpty() ? new String[0] : line.split(" ", -1));
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("pharos: ").contains("--help'").doesNotContain("\tat ");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void rawAndJsonExcludeEachOther() {
    var result = shell.run("subscribe", "/topic/a", "--raw", "--json");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--raw and --json exclude each other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subscribe /topic/a --count x | 'x' is not a whole number",
        "drain --seconds soon | 'soon' is not a whole number",
        "bench --clients many | 'many' is not a whole number",
        "bench --rate fast | 'fast' is not a number",
        "subscribe /topic/a --transport pigeon | expected one of sse, stomp, sockjs but was",
        "bench --transport pigeon | expected one of sse, stomp, sockjs, ws but was",
        "kick | pharos: Missing required argument",
        "kick ann --connection c1 | pharos: USER, --connection=ID are mutually exclusive"
      })
  void aWrongCommandLineIsToldInPlainWords(String line, String words) {
    assertThat(shell.run(line.split(" ", -1)).err())
        .contains(words)
        .doesNotContain("Error:", "case-insensitive");
  }

  @Test
  void csvAndJsonExcludeEachOther() {
    var result = shell.run("bench", "--csv", "--json");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--csv and --json exclude each other");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeTheMeasurement() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    Path below = file.resolve("report.html");
    for (String option : List.of("--html", "--svg")) {
      var result = shell.run("bench", option, below.toString());
      assertThat(result.code()).isOne();
      assertThat(result.err())
          .isEqualTo("pharos: cannot write " + below + ": there is no folder " + file + "\n");
      assertThat(shell.run("bench", option, home.toString()).err())
          .isEqualTo("pharos: cannot write " + home + ": it is a folder\n");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anUnknownOptionSuggestsTheNearestOne() {
    assertThat(shell.run("subscribe", "/topic/a", "--coutn", "1").err())
        .contains("Did you mean '--count'?");
    assertThat(shell.run("publsh").err()).contains("Did you mean 'publish'?");
  }

  @ParameterizedTest
  @CsvSource({
    "401, 3, --token",
    "403, 3, token create",
    "404, 1, --server",
    "413, 1, pharos.message.max-bytes",
    "400, 1, the reason",
    "429, 1, pharos health",
    "503, 1, --idempotency-key",
    "500, 1, the reason"
  })
  void aRefusalTellsTheServersReasonAndWhatToDo(int status, int code, String advice) {
    server.problem(status, "the reason");
    var result = shell.run("publish", "/topic/a", "b");
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("the reason").contains(advice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish /topic/a b", "subscribe /topic/a", "history /topic/a", "health"})
  void aServerThatIsNotThereIsFour(String line) throws IOException {
    String url = "http://127.0.0.1:" + freePort();
    var result = shell.with("PHAROS_SERVER", url).run(line.split(" ", -1));
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err())
        .contains("cannot connect to " + url + ": connection refused")
        .contains("Is the server running?");
  }

  @Test
  void aServerThatIsNotThereIsFourOverStompToo() throws IOException {
    String url = "http://127.0.0.1:" + freePort();
    var result =
        shell.with("PHAROS_SERVER", url).run("subscribe", "--transport", "stomp", "/topic/a");
    assertThat(result.code()).as(result.err()).isEqualTo(4);
    assertThat(result.err()).contains("cannot connect to " + url + ": ");
  }

  @Test
  void anUnknownHostIsFour() {
    var result = shell.with("PHAROS_SERVER", "http://no-such-host.invalid").run("health");
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).contains("unknown host");
  }

  @ParameterizedTest
  @CsvSource({"401, 3", "403, 3", "404, 1"})
  void aRefusedHandshakeTellsWhy(int status, int code) {
    server.answer(status, "");
    var result = shell.run("subscribe", "/topic/a", "--transport", "stomp");
    assertThat(result.code()).as(result.err()).isEqualTo(code);
  }

  @Test
  void somethingElseThanPharosIsOne() {
    server.answer(200, "<html>hello</html>");
    var result = shell.run("publish", "/topic/a", "b");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("not JSON").contains("a Pharos server?");
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() {
    server.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://elsewhere.invalid/");
          StubServer.send(exchange, 302, "text/plain", "");
        });
    var result = shell.run("history", "/topic/a");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("redirected to http://elsewhere.invalid/");
  }

  @Test
  void failuresAreObjectsWithJson() {
    server.problem(403, "the reason");
    assertThat(shell.run("--json", "publish", "/topic/a", "b").err())
        .startsWith("{\"error\":{\"message\":")
        .contains("\"exitCode\":3", "the reason");
    assertThat(shell.run("publish", "--json", "/topic/a", "b", "--nonsense").err())
        .startsWith("{\"error\":{\"message\":")
        .contains("\"exitCode\":2");
  }

  @Test
  void helpAndVersionAreZero() {
    assertThat(shell.run("--help").code()).isZero();
    assertThat(shell.run("--version").code()).isZero();
    assertThat(shell.run("help", "publish").out()).contains("--lines");
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
