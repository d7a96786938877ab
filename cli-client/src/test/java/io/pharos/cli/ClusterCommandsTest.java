package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterCommandsTest {
  private static final String ANN = "{\"user\":\"ann\",\"session\":\"s1\",\"node\":\"n1\"}";
  private static final String BENEDICT =
      "{\"user\":\"bene\\ndict\",\"session\":\"s22\",\"node\":\"n2\"}";

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

  @Test
  void presenceIsATable() {
    server.answer(200, presence("true"));
    var result = shell.run("presence", "/topic/chat");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .isEqualTo("USER       SESSION  NODE\nann        s1       n1\nbene␊dict  s22      n2\n");
    assertThat(server.requests().getFirst().uri())
        .isEqualTo("/api/presence?destination=%2Ftopic%2Fchat");
    assertThat(server.requests().getFirst().header("Authorization")).isEqualTo("Bearer t");
  }

  @Test
  void presenceIsOneObjectALineWithJson() {
    server.answer(200, presence("true"));
    assertThat(shell.run("presence", "/topic/chat", "--json").lines())
        .containsExactly(ANN, BENEDICT);
  }

  @Test
  void whatIsNotCompleteIsPrintedAndFails() {
    server.answer(200, presence("false,\"silentNodes\":[\"n3\",\"n4\"]"));
    var result = shell.run("presence", "/topic/chat");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.lines()).hasSize(3);
    assertThat(result.err()).contains("no answer from n3, n4: this is not all");
  }

  @Test
  void connectionsTellTheirSubscriptions() {
    server.answer(
        200,
        """
        {"connections":[{"id":"c1","node":"n1","user":"","transport":"sse","ageSeconds":3725,
        "waiting":2,"subscriptions":["/topic/a","/topic/b/**"]}],"complete":true}\
        """);
    assertThat(shell.run("connections").lines())
        .containsExactly(
            "ID  USER  TRANSPORT  AGE   WAITING  NODE  SUBSCRIPTIONS",
            "c1        sse        1h2m  2        n1    /topic/a /topic/b/**");
  }

  @Test
  void nobodyIsATableWithoutLines() {
    server.answer(200, "{\"connections\":[],\"complete\":true}");
    assertThat(shell.run("connections").lines()).hasSize(1);
    server.answer(200, "{\"connections\":[],\"complete\":true}");
    assertThat(shell.run("connections", "--json").lines()).isEmpty();
  }

  @Test
  void queuesTellWhatTheyHold() {
    String queue = "{\"destination\":\"/queue/jobs\",\"depth\":12,\"pending\":3,\"consumers\":2}";
    server.answer(200, "{\"queues\":[" + queue + "]}");
    assertThat(shell.run("queues").lines())
        .containsExactly(
            "QUEUE        DEPTH  PENDING  CONSUMERS", "/queue/jobs  12     3        2");
    server.answer(200, "{\"queues\":[" + queue + "]}");
    assertThat(shell.run("queues", "--json").lines()).containsExactly(queue);
  }

  @Test
  void nodesTellWhetherTheyDrain() {
    server.answer(
        200,
        """
        {"nodes":[
        {"id":"n1","version":"0.1.0","startedAt":"2026-01-01T00:00:00Z","connections":7,
         "draining":false},
        {"id":"n2","version":"0.1.0","startedAt":"2026-01-01T00:00:00Z","connections":0,
         "draining":true}]}\
        """);
    assertThat(shell.run("nodes").lines())
        .containsExactly(
            "ID  VERSION  STARTED               CONNECTIONS  STATE",
            "n1  0.1.0    2026-01-01T00:00:00Z  7            serving",
            "n2  0.1.0    2026-01-01T00:00:00Z  0            draining");
  }

  @Test
  void kickEndsAUsersConnections() {
    server.answer(200, "{\"ended\":2}").answer(200, "{\"ended\":1}");
    assertThat(shell.run("kick", "ann b/c+d").out()).isEqualTo("2 connections ended\n");
    assertThat(shell.run("kick", "--connection", "c1", "--json").out())
        .isEqualTo("{\"ended\":1}\n");
    assertThat(server.requests())
        .extracting(request -> request.method() + " " + request.uri())
        .containsExactly(
            "DELETE /api/connections?user=ann%20b%2Fc%2Bd", "DELETE /api/connections/c1");
  }

  @Test
  void kickSaysWhatThereWasNot() {
    server.problem(404, "there is no connection with this id");
    var unknown = shell.run("kick", "--connection", "c9");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("there is no connection 'c9'");
    server.problem(503, "0 connections were ended; no answer from n2");
    var silent = shell.run("kick", "ann");
    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.err()).contains("no answer from n2").doesNotContain("Nothing was stored");
  }

  @Test
  void drainTellsHowManyGo() {
    server.answer(202, "{\"connections\":17}").answer(202, "{\"connections\":17}");
    assertThat(shell.run("drain", "--seconds", "5").out())
        .isEqualTo("Draining: 17 clients go within 5 seconds\n");
    assertThat(shell.run("drain", "--json").out()).isEqualTo("{\"connections\":17}\n");
    assertThat(server.requests())
        .extracting(request -> request.method() + " " + request.uri())
        .containsExactly("POST /api/drain?seconds=5", "POST /api/drain?seconds=30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connections", "nodes", "kick ann", "drain"})
  void whoMayNotIsToldSo(String line) {
    server.problem(403, "this is for administrators");
    var result = shell.run(line.split(" ", -1));
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("this is for administrators");
  }

  @ParameterizedTest
  @ValueSource(strings = {"presence /topic/a", "connections", "nodes"})
  void anAnswerWithoutAListIsNoPharos(String line) {
    server.answer(200, "{\"hello\":1}");
    assertThat(shell.run(line.split(" ", -1)).code()).isEqualTo(1);
  }

  private static String presence(String complete) {
    return "{\"destination\":\"/topic/chat\",\"users\":2,\"subscribers\":[%s,%s],\"complete\":%s}"
        .formatted(ANN, BENEDICT, complete);
  }
}
