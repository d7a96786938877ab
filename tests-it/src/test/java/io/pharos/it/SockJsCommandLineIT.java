package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.CommandLine.Result;
import io.pharos.it.NarrowProxy.Blocks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line behind proxies that do not let everything through. */
class SockJsCommandLineIT extends NodeTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path home;

  private final String topic = "/topic/sockjs/" + UUID.randomUUID();
  private Rest alice;
  private CommandLine pharos;

  @BeforeEach
  void callAsAlice() {
    alice = Rest.of(node(), Token.of("alice"));
    pharos = CommandLine.of(home, node(), Token.of("alice"));
  }

  @ParameterizedTest
  @CsvSource({
    "NOTHING, SockJS by websocket",
    "WEB_SOCKETS, SockJS by xhr_streaming; no websocket:",
    "WEB_SOCKETS_AND_STREAMS, SockJS by xhr; no websocket:"
  })
  void subscriberGetsEverythingByTheWayThatIsLeft(Blocks blocks, String note) throws IOException {
    List<String> bodies =
        IntStream.range(0, 1000).mapToObj(i -> i + " grüße \"😀\" " + "x".repeat(300)).toList();
    try (var proxy = new NarrowProxy(node(), blocks);
        Program program =
            pharos
                .with("PHAROS_SERVER", proxy.uri().toString())
                .start("subscribe", topic, "--transport", "sockjs", "--all", "--count", "1001")) {
      alice.publish(topic, "start");
      Await.until("the first message", LONG, () -> program.lines().contains("start"));
      for (int from = 0; from < bodies.size(); from += 100) {
        alice.publishAll(topic, bodies.subList(from, from + 100));
      }

      assertThat(program.exit(LONG)).as(program.err()).isZero();
      assertThat(program.lines()).startsWith("start").hasSize(1001);
      assertThat(program.lines().subList(1, 1001)).isEqualTo(bodies);
      assertThat(program.err()).contains(note).doesNotContain("connected again");
    }
  }

  @ParameterizedTest
  @CsvSource({"NOTHING", "WEB_SOCKETS", "WEB_SOCKETS_AND_STREAMS"})
  void jobThatWasPrintedIsDoneAndTheNextOneIsFree(Blocks blocks) throws IOException {
    String queue = "/queue/sockjs/" + UUID.randomUUID();
    alice.publish(queue, "one");
    alice.publish(queue, "two");
    try (var proxy = new NarrowProxy(node(), blocks)) {
      CommandLine behind = pharos.with("PHAROS_SERVER", proxy.uri().toString());

      Result first = behind.run("subscribe", queue, "--transport", "sockjs", "--count", "1");
      Result second = behind.run("subscribe", queue, "--transport", "sockjs", "--count", "1");

      assertThat(first.done().lines()).containsExactly("one");
      assertThat(second.done().lines()).containsExactly("two");
    }
  }

  @Test
  void tokenThatDoesNotHoldIsItsOwnExitCode() throws IOException {
    CommandLine stranger =
        CommandLine.of(
            home, node(), Token.of("x").signedWith("another-key-of-the-same-length-0123"));

    Result result = stranger.run("subscribe", topic, "--transport", "sockjs", "--timeout", "20s");

    assertThat(result.exit()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains("token").doesNotContain("\tat ");
  }
}
