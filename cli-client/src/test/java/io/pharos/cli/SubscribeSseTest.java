package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.cli.terminal.Environment.Terminals;
import io.pharos.cli.terminal.Interruption;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SubscribeSseTest {
  private static final String HELLO =
      "retry: 1\nid: e-1\nevent: connected\ndata: {\"user\":\"ann\"}\n\n";

  private static final String STOPPING = "retry: 1\n: The server is stopping\n\n";

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
  void printsEachBodyAndALineEnd() {
    server.openStream(HELLO, event("e-2", "one"), event("e-3", "two"));
    var result = shell.run("subscribe", "/topic/a", "--count", "2");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("one\ntwo\n");
    assertThat(result.err()).isEqualTo("connected to " + server.url() + " as ann\n");
    var request = server.requests().getFirst();
    assertThat(request.uri()).isEqualTo("/api/stream?destination=%2Ftopic%2Fa");
    assertThat(request.header("Authorization")).isEqualTo("Bearer tok");
    assertThat(request.header("Accept")).isEqualTo("text/event-stream");
    assertThat(request.header("Last-Event-ID")).isEmpty();
  }

  @Test
  void stopsAtTheCountEvenWhenMoreHasArrived() {
    server.openStream(HELLO + event("e-2", "one") + event("e-3", "two"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "1").out()).isEqualTo("one\n");
  }

  @Test
  void readsAStreamThatIsCutAnywhere() {
    server.openStream((HELLO + "id: e-2\r\ndata: grüße\r\ndata: two\r\n\r\n").split(""));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "1").out()).isEqualTo("grüße\ntwo\n");
  }

  @Test
  void goesOnAfterTheLastEventWhenTheConnectionIsLost() {
    server.stream(HELLO, event("e-2", "one"), "id: e-3\ndata: cut of")
        .problem(503, "restarting")
        .openStream(HELLO.replace("e-1", "e-2"), event("e-3", "two"));
    var result = shell.run("subscribe", "/topic/a", "--count", "2");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("one\ntwo\n");
    assertThat(result.err())
        .contains("the server closed the connection; connecting again in ")
        .contains("restarting; connecting again in ")
        .contains("connected again to ");
    assertThat(server.requests())
        .extracting(request -> request.header("Last-Event-ID"))
        .containsExactly("", "e-2", "e-2");
  }

  @Test
  void goesOnFromTheStartWhenTheConnectionIsLostBeforeAnyMessage() {
    server.stream(HELLO).openStream(HELLO, event("e-2", "one"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "1").out()).isEqualTo("one\n");
    assertThat(server.requests().get(1).header("Last-Event-ID")).isEqualTo("e-1");
  }

  @Test
  void aGapIsToldAndEndsWithSix() {
    server.openStream(HELLO, gap("e-7"), event("e-8", "eight"));
    var result = shell.run("subscribe", "/topic/a", "--count", "1");
    assertThat(result.code()).isEqualTo(6);
    assertThat(result.out()).isEqualTo("eight\n");
    assertThat(result.err()).contains("gap in /topic/a before what follows e-7: too old");
  }

  @Test
  void aGapMovesThePosition() {
    server.stream(HELLO, gap("e-7")).openStream(HELLO, event("e-8", "eight"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "1").code()).isEqualTo(6);
    assertThat(server.requests().get(1).header("Last-Event-ID")).isEqualTo("e-7");
  }

  @Test
  void saysWhyTheServerEndedTheStream() {
    server.stream(HELLO, event("e-2", "one"), ":\n\n", STOPPING, ": Resume after e-2\n\n")
        .openStream(HELLO, event("e-3", "two"));
    var result = shell.run("subscribe", "/topic/a", "--count", "2");
    assertThat(result.code()).isZero();
    assertThat(result.err())
        .contains("the server closed the connection: The server is stopping; connecting again in ");
  }

  @Test
  void whatWasSaidBeforeOtherEventsIsNotTheReason() {
    server.stream(HELLO, ": welcome\n\n", event("e-2", "one"))
        .openStream(HELLO, event("e-3", "two"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "2").err())
        .contains("the server closed the connection; connecting again in ");
  }

  @Test
  void whoIsSentAwayByAnAdministratorDoesNotComeBack() {
    server.stream(HELLO, "retry: 1\n: An administrator ended the session\n\n");
    var result = shell.run("subscribe", "/topic/a");
    assertThat(result.code()).isOne();
    assertThat(result.err()).contains("the server refused: An administrator ended the session");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aServerThatIsStoppingFailsAtOnceUnlessItIsWaitedFor() {
    server.stream(STOPPING);
    var result = shell.run("subscribe", "/topic/a");
    assertThat(result.code()).isOne();
    assertThat(result.err()).contains(server.url() + " is not available: The server is stopping");
    assertThat(server.requests()).hasSize(1);

    server.stream(STOPPING).openStream(HELLO, event("e-2", "one"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "1", "--wait").code()).isZero();
  }

  @Test
  void aServerThatEndsTheStreamForGoodIsNotAskedAgain() {
    server.stream(HELLO, "event: expired\ndata: {}\n\n").answer(204, "");
    var result = shell.run("subscribe", "/topic/a");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("the token has expired").contains("--since");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aTokenThatIsRefusedOnTheWayBackIsThree() {
    server.stream(HELLO).problem(401, "the token expired");
    var result = shell.run("subscribe", "/topic/a");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("the token expired");
  }

  @Test
  void tooFewMessagesInTimeIsFive() {
    server.openStream(HELLO, event("e-2", "one"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "2", "--timeout", "300ms").code())
        .isEqualTo(5);
  }

  @Test
  void noMessageInTimeIsFive() {
    server.openStream(HELLO);
    assertThat(shell.run("subscribe", "/topic/a", "--timeout", "100ms").code()).isEqualTo(5);
  }

  @Test
  void timeIsUpWhileTheServerIsAwayToo() {
    server.stream(HELLO, event("e-2", "one"));
    for (int i = 0; i < 50; i++) {
      server.problem(503, "away");
    }
    assertThat(shell.run("subscribe", "/topic/a", "--count", "2", "--timeout", "300ms").code())
        .isEqualTo(5);
  }

  @Test
  void anUnavailableServerFailsAtOnceUnlessItIsWaitedFor() {
    server.problem(503, "starting");
    assertThat(shell.run("subscribe", "/topic/a").code()).isEqualTo(1);
    server.problem(503, "starting").openStream(HELLO, event("e-2", "one"));
    var result = shell.run("subscribe", "/topic/a", "--count", "1", "--wait");
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("starting; connecting again");
  }

  @Test
  void beginsAfterAPosition() {
    server.openStream(HELLO, event("e-6", "six"));
    shell.run("subscribe", "/topic/a", "--since", "e-5", "--count", "1");
    assertThat(server.requests().getFirst().header("Last-Event-ID")).isEqualTo("e-5");
  }

  @Test
  void beginsWithTheLastOnesThatAreRetained() {
    String bounds = "{\"start\":\"e-3\",\"position\":\"e-9\",\"messages\":[]}";
    server.answer(200, bounds).openStream(HELLO, event("e-8", "eight"));
    server.answer(200, bounds).openStream(HELLO, event("e-4", "four"));
    shell.run("subscribe", "/topic/a", "--last", "2", "--count", "1");
    shell.run("subscribe", "/topic/a", "--last", "100", "--count", "1");
    assertThat(server.requests().getFirst().uri()).endsWith("destination=%2Ftopic%2Fa&limit=0");
    assertThat(server.requests())
        .extracting(request -> request.header("Last-Event-ID"))
        .containsExactly("", "e-7", "", "earliest");
  }

  @Test
  void beginsWithAllThatIsRetainedWhateverGoesMeanwhile() {
    server.openStream(HELLO, event("e-4", "four")).openStream(HELLO, event("x", "one"));
    shell.run("subscribe", "/topic/a", "--all", "--count", "1");
    shell.run("subscribe", "/topic/a", "/user/queue/b", "--all", "--count", "1");
    assertThat(server.requests())
        .extracting(request -> request.header("Last-Event-ID"))
        .containsExactly("earliest", "earliest");
  }

  @Test
  void beginsInSeveralDestinationsWithACursorOfTheServersForm() {
    server
        .answer(200, "{\"start\":\"a-0\",\"position\":\"a-9\"}")
        .answer(200, "{\"start\":\"b-2\",\"position\":\"b-3\"}")
        .openStream(HELLO, event("x", "one"));
    shell.run("subscribe", "/topic/a", "/topic/b", "--last", "5", "--count", "1");
    assertThat(server.requests().get(2).header("Last-Event-ID"))
        .matches("_[0-9a-z]{5}\\.0-a-4\\.1-b-2");
  }

  @Test
  void aWorkQueueHasNoBeginning() {
    var result =
        shell.run("subscribe", "/queue/a", "--transport", "stomp", "--all", "--count", "1");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--all", "'/queue/a'");
  }

  @Test
  void asksForNoDestinationTwice() {
    server.openStream(HELLO, event("e-2", "one"));
    shell.run("subscribe", "/topic/a", "/topic/a", "/topic/x/y", "/topic/x/**", "--count", "1");
    assertThat(server.requests().getFirst().uri())
        .isEqualTo("/api/stream?destination=%2Ftopic%2Fa&destination=%2Ftopic%2Fx%2F**");
  }

  @Test
  void jsonTellsAllThatAStreamKnows() {
    server.openStream(
        HELLO, gap("e-1"), "id: e-2\nevent: price\ndata: {\"p\":1}\n\n", event("e-3", "x"));
    var result = shell.run("--json", "subscribe", "/topic/a", "--count", "2");
    assertThat(result.lines())
        .containsExactly(
            "{\"gap\":{\"destination\":\"/topic/a\",\"position\":\"e-1\",\"reason\":\"too old\"}}",
            "{\"id\":\"e-2\",\"destination\":\"/topic/a\",\"event\":\"price\","
                + "\"body\":\"{\\\"p\\\":1}\",\"cursor\":\"e-2\"}",
            "{\"id\":\"e-3\",\"destination\":\"/topic/a\",\"event\":\"message\","
                + "\"body\":\"x\",\"cursor\":\"e-3\"}");
    assertThat(result.err().lines())
        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
  }

  @Test
  void rawAddsNothing() {
    server.openStream(HELLO, event("e-2", "one"), event("e-3", "two"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "2", "--raw").out())
        .isEqualTo("onetwo");
  }

  @Test
  void aPersonSeesTimeAndDestinationAndNoControlCharacters() {
    server.openStream(HELLO, event("e-2", "a\u001b[2Jb"));
    var result =
        shell
            .terminals(new Terminals(false, true, false))
            .run("subscribe", "/topic/a", "--count", "1");
    assertThat(result.out())
        .matches("\u001b\\[2m\\d\\d:\\d\\d:\\d\\d\\.\\d{3} /topic/a\u001b\\[0m a\u241b\\[2Jb\n");
  }

  @Test
  void colourIsLeftOutWhereItIsNotWelcome() {
    server.openStream(HELLO, event("e-2", "a"));
    var result =
        shell
            .with("NO_COLOR", "1")
            .terminals(new Terminals(false, true, true))
            .run("subscribe", "/topic/a", "--count", "1");
    assertThat(result.out() + result.err()).doesNotContain("\u001b").contains("/topic/a a\n");
  }

  @Test
  void saysWhatIsNotKept() {
    server.openStream(
        "id: e-1\nevent: connected\ndata: {\"user\":\"a\",\"atMostOnce\":[\"/topic/a\"]}\n\n"
            + event("e-2", "x"));
    assertThat(shell.run("subscribe", "/topic/a", "--count", "1").err())
        .contains("/topic/a keeps no history");
  }

  @Test
  void aSignalEndsWith130AndThePosition() {
    var interruption = new Interruption(Thread.currentThread());
    server.openStream(HELLO, event("e-2", "one"));
    var seen = new SignalOnWrite(interruption);
    var result = shell.interruption(interruption).stdout(seen).run("subscribe", "/topic/a");
    assertThat(result.code()).isEqualTo(130);
    assertThat(result.err()).contains("resume with: --since e-2");
  }

  @Test
  void aReaderThatHasGoneEndsItQuietly() {
    server.openStream(HELLO, event("e-2", "one"));
    var result = shell.stdout(new Failing("Broken pipe")).run("subscribe", "/topic/a");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEqualTo("connected to " + server.url() + " as ann\n");
  }

  @Test
  void anOutputThatFailsIsOneAndToldInOneSentence() {
    server.openStream(HELLO, event("e-2", "one"));
    var full = new Failing("No space left on device");
    var result = shell.stdout(full).run("subscribe", "/topic/a");
    assertThat(result.code()).isOne();
    assertThat(result.err())
        .isEqualTo(
            "connected to "
                + server.url()
                + " as ann\npharos: cannot write to standard output: No space left on device\n");
  }

  private static String event(String id, String data) {
    return "id: " + id + "\ndata: " + data + "\n\n";
  }

  private static String gap(String position) {
    return "id: "
        + position
        + "\nevent: gap\ndata: {\"destination\":\"/topic/a\",\"position\":\""
        + position
        + "\",\"reason\":\"too old\"}\n\n";
  }

  /** Raises the signal once something was printed. */
  private static final class SignalOnWrite extends OutputStream {
    private final Interruption interruption;

    SignalOnWrite(Interruption interruption) {
      this.interruption = interruption;
    }

    @Override
    public void write(int b) {
      interruption.raise();
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      assertThat(new String(bytes, from, count, StandardCharsets.UTF_8)).isEqualTo("one\n");
      interruption.raise();
    }
  }
}
