package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.pharos.cli.terminal.Interruption;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishLinesTest {
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
  void publishesEachLineInOrderWithAKeyOfItsOwn() {
    for (int i = 0; i < 3000; i++) {
      server.answer(this::accept);
    }
    String input = IntStream.range(0, 3000).mapToObj(i -> i + "\n").collect(Collectors.joining());
    var result = shell.stdin(input).run("publish", "/topic/logs", "--lines");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("3000 messages published to /topic/logs\n");
    assertThat(published())
        .extracting(m -> m.getString("body"))
        .isEqualTo(IntStream.range(0, 3000).mapToObj(Integer::toString).toList());
    assertThat(published()).extracting(m -> m.getString("idempotencyKey")).doesNotHaveDuplicates();
    assertThat(published().getFirst().getString("contentType")).isEqualTo("text/plain");
  }

  @Test
  void printsTheServersObjectOfEachLineWithJson() {
    server.answer(this::accept).answer(this::accept);
    var result = shell.stdin("a\nb\n").run("publish", "/topic/logs", "--lines", "--json");
    assertThat(result.lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith("\"destination\":\"/topic/logs\"}"));
  }

  @Test
  void publishesAllTheSameWhenNobodyReadsTheObjects() {
    server.answer(this::accept).answer(this::accept).answer(this::accept);
    var result =
        shell
            .stdout(new Failing("Broken pipe"))
            .stdin("a\nb\nc\n")
            .run("publish", "/topic/logs", "--lines", "--json");
    assertThat(result.code()).isZero();
    assertThat(published()).hasSize(3);
  }

  @Test
  void aLineGoesOutWhileTheInputStaysOpen() throws Exception {
    var arrived = new CountDownLatch(1);
    server.answer(
        exchange -> {
          accept(exchange);
          arrived.countDown();
        });
    server.answer(this::accept);
    var source = new PipedOutputStream();
    var input = new PipedInputStream(source);
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    source.write("now\n".getBytes(StandardCharsets.UTF_8));
                    source.flush();
                    arrived.await();
                    source.write("later".getBytes(StandardCharsets.UTF_8));
                    source.close();
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    var result = shell.stdin(input).run("publish", "/topic/logs", "--lines");
    writer.join();
    assertThat(result.err()).isEqualTo("2 messages published to /topic/logs\n");
    assertThat(published()).extracting(m -> m.getString("body")).containsExactly("now", "later");
  }

  @Test
  void aBatchIsRepeatedWithItsKeysWhenTheServerIsAway() {
    server.problem(503, "broker away").answer(this::accept).answer(this::accept);
    var result = shell.stdin("a\nb").run("publish", "/topic/logs", "--lines");
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("broker away; trying again").contains("2 messages published");
    assertThat(server.requests().get(1).body()).isEqualTo(server.requests().get(0).body());
  }

  @Test
  void saysThatMoreMayHaveBeenStored() {
    server.answer(500, "");
    var result = shell.stdin("a\nb").run("publish", "/topic/logs", "--lines");
    assertThat(result.code()).isOne();
    assertThat(result.err())
        .contains("0 messages published to /topic/logs")
        .endsWith("More than 0 lines may have been stored.\n");
  }

  @Test
  void theLineThatIsTooLongIsNamedAndThoseBeforeItArePublished() {
    server.answer(this::acceptShortLines);
    for (int i = 0; i < 20; i++) {
      server.answer(this::acceptShortLines);
    }
    String input = "one\ntwo\n" + "x".repeat(100) + "\nfour\n";
    var result = shell.stdin(input).run("publish", "/topic/logs", "--lines");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("2 messages published to /topic/logs")
        .contains("line 3, of 100 bytes, was refused: longer than 50 bytes")
        .contains("pharos.message.max-bytes");
  }

  @Test
  void aSignalPublishesWhatWasReadAndEndsWith130() throws Exception {
    var interruption = new Interruption(Thread.currentThread());
    var source = new PipedOutputStream();
    var input = new PipedInputStream(source);
    source.write("a\n".getBytes(StandardCharsets.UTF_8));
    source.flush();
    server.answer(
        exchange -> {
          interruption.raise();
          accept(exchange);
        });
    var result =
        shell.stdin(input).interruption(interruption).run("publish", "/topic/logs", "--lines");
    assertThat(result.code()).isEqualTo(130);
    assertThat(result.err()).contains("1 message published to /topic/logs");
  }

  private void acceptShortLines(HttpExchange exchange) throws IOException {
    boolean tooLong =
        messages(server.requests().getLast().body()).stream()
            .anyMatch(m -> m.getString("body").length() > 50);
    if (tooLong) {
      StubServer.send(exchange, 413, "application/json", "{\"detail\":\"longer than 50 bytes\"}");
    } else {
      accept(exchange);
    }
  }

  private void accept(HttpExchange exchange) throws IOException {
    int count = messages(server.requests().getLast().body()).size();
    String ids =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"id\":\"e-" + i + "\",\"destination\":\"/topic/logs\"}")
            .collect(Collectors.joining(",", "[", "]"));
    StubServer.send(exchange, 201, "application/json", ids);
  }

  private List<JsonObject> published() {
    var all = new ArrayList<JsonObject>();
    server.requests().forEach(request -> all.addAll(messages(request.body())));
    return all;
  }

  private static List<JsonObject> messages(String body) {
    try (var reader = Json.createReader(new StringReader(body))) {
      JsonArray array = reader.readArray();
      return array.getValuesAs(JsonObject.class);
    }
  }
}
