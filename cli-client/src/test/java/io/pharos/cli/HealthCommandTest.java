package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
  private static final String UP = "{\"status\":\"UP\",\"checks\":[]}";
  private static final String DOWN =
      "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"broker\",\"status\":\"DOWN\","
          + "\"data\":{\"reason\":\"no Redis\"}}]}";

  @TempDir Path home;
  private final StubServer server = new StubServer();
  private Shell shell;

  @BeforeEach
  void shell() {
    shell = new Shell(home).with("PHAROS_SERVER", server.url());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void isZeroWhenAllIsWell() {
    server.answer(200, UP).answer(200, UP);
    var result = shell.run("health");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("live: UP\nready: UP\n");
  }

  @Test
  void isOneAndNamesTheCheckWhenItIsNotReady() {
    server.answer(200, UP).answer(503, DOWN);
    var result = shell.run("health");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("ready: DOWN\n  broker: DOWN {\"reason\":\"no Redis\"}");
    assertThat(result.err()).contains("is not ready");
  }

  @Test
  void isOneObjectWithJson() {
    server.answer(200, UP).answer(503, DOWN);
    assertThat(shell.run("health", "--json").out())
        .isEqualTo("{\"status\":\"DOWN\",\"live\":" + UP + ",\"ready\":" + DOWN + "}\n");
  }

  @Test
  void sendsNoToken() {
    server.answer(200, UP).answer(200, UP);
    shell.with("PHAROS_TOKEN", "t").run("health");
    assertThat(server.requests()).allSatisfy(r -> assertThat(r.header("Authorization")).isEmpty());
  }

  @Test
  void isFoundBesideAContextRoot() {
    server.answer(404, "").answer(200, UP).answer(404, "").answer(200, UP).answer(401, "");
    assertThat(shell.run("health", "--server", server.url() + "/push").code()).isZero();
    assertThat(server.requests())
        .extracting(StubServer.Request::uri)
        .containsExactly(
            "/push/health/live",
            "/health/live",
            "/push/health/ready",
            "/health/ready",
            "/push/api/nodes");
  }

  @Test
  void isOneWhereTheServerIsUpWithoutPharos() {
    server.answer(404, "").answer(200, UP).answer(404, "").answer(200, UP).answer(404, "");
    var result = shell.run("health", "--server", server.url() + "/nope");
    assertThat(result.code()).isOne();
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("no Pharos found at " + server.url() + "/nope")
        .contains("context root");
  }
}
