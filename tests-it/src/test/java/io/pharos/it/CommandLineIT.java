package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.CommandLine.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, as a process of its own. */
class CommandLineIT extends NodeTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path home;

  private final String topic = "/topic/cli/" + UUID.randomUUID();
  private Rest alice;
  private CommandLine pharos;

  @BeforeEach
  void callAsAlice() {
    alice = Rest.of(node(), Token.of("alice"));
    pharos = CommandLine.of(home, node(), Token.of("alice"));
  }

  private Json history() {
    return Rest.json(alice.get(Rest.history(topic)));
  }

  @Test
  void publishedArgumentIsAnsweredWithItsIdAndNothingElse() throws IOException {
    Result result = pharos.run("publish", topic, "grüße", "--event", "greeting").done();

    Json message = history().objects("messages").getFirst();
    assertThat(result.out()).isEqualTo(message.text("id") + "\n");
    assertThat(message.text("body")).isEqualTo("grüße");
    assertThat(message.object("headers").text("event")).isEqualTo("greeting");
  }

  @Test
  void standardInputIsOneMessageAsItIs() throws IOException {
    pharos.runOn("a\r\n\nb\n", "publish", topic).done();
    pharos.runOn("", "publish", topic, "-").done();

    assertThat(history().texts("messages", "body")).containsExactly("a\r\n\nb\n", "");
  }

  @Test
  void eachLineIsAMessageWithoutItsEnd() throws IOException {
    Result result = pharos.runOn("one\ntwo\r\n\nlast", "publish", topic, "--lines").done();

    assertThat(history().texts("messages", "body"))
        .startsWith("one")
        .endsWith("last")
        .contains("two", "");
    assertThat(result.out()).doesNotContain("published");
    assertThat(result.err()).contains("4 messages");
  }

  @Test
  void lineIsPublishedWhenItArrivesAndNotWhenTheInputEnds() throws IOException {
    try (Program program = pharos.start("publish", topic, "--lines")) {
      OutputStream in = program.in();
      in.write("first\n".getBytes(StandardCharsets.UTF_8));
      in.flush();

      Await.until(
          "the first line", () -> history().texts("messages", "body").equals(List.of("first")));
      in.close();
      assertThat(program.exit()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "stomp", "sockjs"})
  void subscriberPrintsBodiesUntilItHasEnough(String transport) throws IOException {
    alice.publish(topic, "m1");
    alice.publish(topic, "m2");

    Result result =
        pharos.run("subscribe", topic, "--transport", transport, "--all", "--count", "2").done();

    assertThat(result.out()).isEqualTo("m1\nm2\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "stomp", "sockjs"})
  void subscriberBeginsWhereItIsTold(String transport) throws IOException {
    List<String> ids = IntStream.range(0, 4).mapToObj(i -> alice.publish(topic, "m" + i)).toList();

    Result since =
        pharos.run(
            "subscribe", topic, "--transport", transport, "--since", ids.get(1), "--count", "2");
    Result last =
        pharos.run("subscribe", topic, "--transport", transport, "--last", "1", "--count", "1");

    assertThat(since.done().lines()).containsExactly("m2", "m3");
    assertThat(last.done().lines()).containsExactly("m3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "stomp", "sockjs"})
  void jsonHasOneObjectALine(String transport) throws IOException {
    String id = alice.publish(topic, "two\nlines", "Pharos-Header-Event", "e");

    Result result =
        pharos
            .run("subscribe", topic, "--transport", transport, "--all", "--count", "1", "--json")
            .done();

    Json message = Json.parseLines(result.out()).getFirst();
    assertThat(result.lines()).hasSize(1);
    assertThat(message.text("id")).isEqualTo(id);
    assertThat(message.text("body")).isEqualTo("two\nlines");
    assertThat(message.text("event")).isEqualTo("e");
  }

  @Test
  void rawHasTheBytesAndNothingElse() throws IOException {
    String batch = "[{\"destination\":\"%s\",\"bodyBase64\":\"AP8KDQ==\"}]".formatted(topic);
    assertThat(
            alice
                .post("/api/messages/batch", batch, "Content-Type", "application/json")
                .statusCode())
        .isEqualTo(201);

    try (Program program =
        pharos.start(
            "subscribe", topic, "--transport", "stomp", "--all", "--count", "1", "--raw")) {
      assertThat(program.exit()).isZero();
      assertThat(program.outBytes()).containsExactly(0, 0xff, '\n', '\r');
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "stomp", "sockjs"})
  void tooFewMessagesInTimeIsItsOwnExitCode(String transport) throws IOException {
    alice.publish(topic, "only one");

    Result result =
        pharos.run(
            "subscribe",
            topic,
            "--transport",
            transport,
            "--all",
            "--count",
            "2",
            "--timeout",
            "5s");

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out()).isEqualTo("only one\n");
    assertThat(result.err()).isNotEmpty();
  }

  @Test
  void wrongCommandLineIsItsOwnExitCode() throws IOException {
    for (Result result :
        List.of(
            pharos.run("subscribe"),
            pharos.run("subscribe", topic, "--unknown"),
            pharos.run("subscribe", topic, "--transport", "pigeon"),
            pharos.run("publish", "not/a/destination", "x"))) {
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).isNotEmpty().doesNotContain("\tat ");
    }
  }

  @Test
  void lackOfARightOrOfATokenIsItsOwnExitCode() throws IOException {
    CommandLine reader = CommandLine.of(home, node(), Token.of("reader").withoutRights());
    CommandLine stranger =
        CommandLine.of(
            home, node(), Token.of("x").signedWith("another-key-of-the-same-length-0123"));

    for (Result result :
        List.of(
            reader.run("publish", topic, "x"),
            stranger.run("publish", topic, "x"),
            stranger.run("subscribe", topic, "--timeout", "20s"),
            stranger.run("subscribe", topic, "--transport", "stomp", "--timeout", "20s"))) {
      assertThat(result.exit()).as(result.err()).isEqualTo(3);
      assertThat(result.err()).contains("token").doesNotContain("\tat ");
    }
    assertThat(history().objects("messages")).isEmpty();
  }

  @Test
  void serverThatIsNotThereIsItsOwnExitCode() throws IOException {
    int free = FreePort.next();
    CommandLine nowhere =
        CommandLine.of(home, URI.create("http://localhost:" + free), Token.of("alice"));

    for (Result result :
        List.of(
            nowhere.run("publish", topic, "x"),
            nowhere.run("subscribe", topic),
            nowhere.run("subscribe", topic, "--transport", "stomp"),
            nowhere.run("health"))) {
      assertThat(result.exit()).as(result.err()).isEqualTo(4);
      assertThat(result.err()).contains(Integer.toString(free)).doesNotContain("\tat ");
    }
  }

  @Test
  void bodyOverTheLimitFailsAndNamesTheLimit() throws IOException {
    Result result = pharos.runOn("x".repeat(70_000), "publish", topic);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("65536");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "stomp", "sockjs"})
  void gapIsItsOwnExitCodeAndIsTold(String transport) throws IOException {
    String trimmed = "/topic/trimmed/" + UUID.randomUUID();
    String first = alice.publish(trimmed, "m0");
    IntStream.range(1, 20).forEach(i -> alice.publish(trimmed, "m" + i));

    Result result =
        pharos.run(
            "subscribe", trimmed, "--transport", transport, "--since", first, "--count", "5");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.lines()).containsExactly("m15", "m16", "m17", "m18", "m19");
    assertThat(result.err()).contains("gap");
  }

  @Test
  void interruptedSubscriberSaysSoByItsExitCode() throws IOException {
    alice.publish(topic, "m");
    try (Program program = pharos.start("subscribe", topic, "--all")) {
      Await.until("the first message", LONG, () -> program.lines().contains("m"));
      program.interrupt();

      assertThat(program.exit()).isEqualTo(130);
    }
  }

  @Test
  void tokenThatItMakesIsAccepted() throws IOException {
    Path secret = home.resolve("secret");
    Files.writeString(secret, Node.property("test.jwt.secret"));
    String token =
        pharos
            .run(
                "token",
                "create",
                "--user",
                "carol",
                "--publish",
                "/topic/**",
                "--audience",
                Node.property("test.jwt.audience"),
                "--secret",
                "@" + secret)
            .done()
            .out()
            .strip();

    CommandLine carol = pharos.with("PHAROS_TOKEN", token);
    assertThat(carol.run("publish", topic, "from carol").exit()).isZero();
    assertThat(carol.run("history", topic).exit()).isEqualTo(3);
  }

  @Test
  void historyAndHealthArePrinted() throws IOException {
    alice.publish(topic, "m1");
    alice.publish(topic, "m2");

    assertThat(pharos.run("history", topic).done().out()).isEqualTo("m1\nm2\n");
    assertThat(pharos.run("health").done().out()).contains("ready: UP", "live: UP");
  }

  @Test
  void launcherFindsAJavaAndDoesTheSame() throws IOException {
    pharos.launcher().runOn("a line\n", "publish", topic, "--lines").done();

    assertThat(pharos.launcher().run("history", topic).done().out()).isEqualTo("a line\n");
  }

  @Test
  void launcherPublishesNothingOfAFileThatTakesThePlaceOfAClosedStandardInput() throws IOException {
    pharos.launcherWith("<&- >&- 2>&-").run("publish", topic, "--lines").done();
    pharos.launcherWith("<&-").run("publish", topic).done();

    assertThat(history().texts("messages", "body")).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "stomp", "sockjs"})
  void lostConnectionIsMadeAgainWithoutLossOrRepetition(String transport) throws IOException {
    List<String> all = IntStream.range(0, 60).mapToObj(Integer::toString).toList();
    try (var proxy = new CutProxy(node());
        Program program =
            pharos
                .with("PHAROS_SERVER", proxy.uri().toString())
                .start("subscribe", topic, "--transport", transport, "--all", "--count", "61")) {
      alice.publish(topic, "start");
      for (int from = 0; from < all.size(); from += 20) {
        String seen = from == 0 ? "start" : all.get(from - 1);
        Await.until(
            () -> seen + " in " + program.out() + program.err(),
            LONG,
            () -> program.lines().contains(seen));
        alice.publishAll(topic, all.subList(from, from + 10));
        proxy.cut();
        alice.publishAll(topic, all.subList(from + 10, from + 20));
      }

      assertThat(program.exit(LONG)).as(program.err()).isZero();
      assertThat(program.lines()).startsWith("start").endsWith("59").hasSize(61);
      assertThat(program.lines().subList(1, 61)).isEqualTo(all);
      assertThat(proxy.accepted()).isGreaterThan(3);
    }
  }

  @Test
  void tenThousandPipedLinesReachSubscribersThatAreKilledAndRestartedExactlyOnce()
      throws IOException {
    int count = 10_000;
    int share = 2_000;
    String start = alice.publish(topic, "start");
    try (Program publisher = pharos.start("publish", topic, "--lines");
        var sse = new Subscriber("sse", start);
        var stomp = new Subscriber("stomp", start)) {
      try (OutputStream lines = publisher.in()) {
        for (int from = 0; from < count; from += share) {
          for (int i = from; i < from + share; i++) {
            lines.write((i + "\n").getBytes(StandardCharsets.US_ASCII));
          }
          lines.flush();
          sse.killAndRestartAfter(from + share / 4);
          stomp.killAndRestartAfter(from + share / 2);
        }
      }
      assertThat(publisher.exit(LONG)).as(publisher.err()).isZero();
      List<String> all = IntStream.range(0, count).mapToObj(Integer::toString).toList();
      assertThat(sse.awaitAll(count)).isEqualTo(all);
      assertThat(stomp.awaitAll(count)).isEqualTo(all);
    }
  }

  /** A subscriber that is killed in the middle, and goes on after the last line that it printed. */
  private final class Subscriber implements AutoCloseable {
    private final String transport;
    private final List<String> received = new ArrayList<>();
    private String position;
    private Program program;

    Subscriber(String transport, String position) throws IOException {
      this.transport = transport;
      this.position = position;
      this.program = start();
    }

    private Program start() throws IOException {
      return pharos.start(
          "subscribe", topic, "--transport", transport, "--json", "--since", position);
    }

    void killAndRestartAfter(int count) throws IOException {
      awaitCount(count);
      program.kill();
      take();
      program = start();
    }

    private void awaitCount(int count) {
      Await.until(
          () -> count + " lines by " + transport + ": " + program.err(),
          LONG,
          () -> received.size() + program.lineCount() >= count);
    }

    /** A line that was cut short by the kill is not there. */
    private void take() {
      for (Json message : Json.parseLines(String.join("\n", program.lines()))) {
        received.add(message.text("body"));
        position = message.text("id");
      }
    }

    List<String> awaitAll(int count) {
      awaitCount(count);
      program.kill();
      take();
      return received;
    }

    @Override
    public void close() {
      program.close();
    }
  }
}
