package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {
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
  void printsAllPages() {
    server.answer(200, page(1, 500, 502, true)).answer(200, page(501, 502, 502, true));
    var result = shell.run("history", "/topic/a");
    assertThat(result.code()).isZero();
    assertThat(result.lines())
        .isEqualTo(IntStream.rangeClosed(1, 502).mapToObj(i -> "m" + i).toList());
    assertThat(server.requests().get(0).uri()).endsWith("?destination=%2Ftopic%2Fa&limit=500");
    assertThat(server.requests().get(1).uri()).endsWith("&after=e-500&limit=500");
  }

  @Test
  void stopsAtTheLimit() {
    server.answer(200, page(1, 3, 9, true));
    assertThat(shell.run("history", "/topic/a", "--limit", "3").lines()).hasSize(3);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().uri()).endsWith("&limit=3");
  }

  @Test
  void anEmptyHistoryIsDone() {
    server.answer(200, "{\"start\":\"e-0\",\"position\":\"e-0\",\"messages\":[]}");
    var result = shell.run("history", "/topic/a");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
  }

  @Test
  void whatIsMissingAfterAPositionIsAGap() {
    server.answer(200, page(5, 6, 6, false).replace("e-0", "e-4"));
    var result = shell.run("history", "/topic/a", "--since", "e-1");
    assertThat(result.code()).isEqualTo(6);
    assertThat(result.out()).isEqualTo("m5\nm6\n");
    assertThat(result.err()).contains("gap in /topic/a", "e-4");
    assertThat(server.requests().getFirst().uri()).contains("&after=e-1&");
  }

  @Test
  void printsTheLastOnes() {
    server
        .answer(200, "{\"start\":\"e-0\",\"position\":\"e-9\",\"messages\":[]}")
        .answer(200, page(8, 9, 9, true));
    assertThat(shell.run("history", "/topic/a", "--last", "2").out()).isEqualTo("m8\nm9\n");
    assertThat(server.requests().get(1).uri()).contains("&after=e-7&");
  }

  @Test
  void whatGoesWhileTheLastOnesAreLookedForIsNoGap() {
    server
        .answer(200, "{\"start\":\"e-0\",\"position\":\"e-9\",\"messages\":[]}")
        .answer(200, page(9, 10, 10, false));
    var result = shell.run("history", "/topic/a", "--last", "2");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("m9\nm10\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aNegativeNumberOfLastOnesIsAWrongCommandLine() {
    assertThat(shell.run("history", "/topic/a", "--last=-5").code()).isEqualTo(2);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void jsonTellsAllThatTheServerDoes() {
    server.answer(
        200,
        """
        {"start":"e-0","position":"e-1","complete":true,"messages":[{"id":"e-1",
         "destination":"/topic/a","timestamp":1000,"bodyBase64":"/wA=","contentType":"x/y",
         "headers":{"event":"price","k":"v"}}]}\
        """);
    assertThat(shell.run("history", "/topic/a", "--json").out())
        .isEqualTo(
            "{\"id\":\"e-1\",\"destination\":\"/topic/a\",\"event\":\"price\","
                + "\"contentType\":\"x/y\",\"headers\":{\"event\":\"price\",\"k\":\"v\"},"
                + "\"bodyBase64\":\"/wA=\",\"timestamp\":\"1970-01-01T00:00:01Z\"}\n");
  }

  @Test
  void anAnswerThatIsNoHistoryIsOne() {
    server.answer(200, "{\"messages\":[1]}");
    assertThat(shell.run("history", "/topic/a").code()).isEqualTo(1);
  }

  private static String page(int first, int last, int newest, boolean complete) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(
            i -> "{\"id\":\"e-%d\",\"destination\":\"/topic/a\",\"body\":\"m%d\"}".formatted(i, i))
        .collect(
            Collectors.joining(
                ",",
                "{\"start\":\"e-0\",\"position\":\"e-%d\",\"complete\":%b,\"messages\":["
                    .formatted(newest, complete),
                "]}"));
  }
}
