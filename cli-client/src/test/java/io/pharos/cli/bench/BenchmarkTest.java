package io.pharos.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.bench.report.CsvReport;
import io.pharos.cli.bench.report.HtmlReport;
import io.pharos.cli.bench.report.JsonReport;
import io.pharos.cli.bench.report.LatencyChart;
import io.pharos.cli.bench.report.TextReport;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole benchmark against a server in this process. */
class BenchmarkTest {
  @Test
  void isExactWithAFaithfulServer() throws IOException, InterruptedException {
    Outcome outcome = run(1, number -> 1);

    assertThat(outcome.isExact()).isTrue();
    assertThat(outcome.published()).isEqualTo(20);
    assertThat(outcome.deliveries().received()).isEqualTo(20 / 2 * 5);
    assertThat(outcome.deliveries().latency().count()).isEqualTo(50);
    assertThat(outcome.deliveries().lastSubscriber().count()).isEqualTo(20);
    assertThat(outcome.lateness().count()).isEqualTo(20);
  }

  @Test
  void countsWhatTheServerSentTwice() throws IOException, InterruptedException {
    Outcome outcome = run(0, number -> 2);

    assertThat(outcome.deliveries().duplicated()).isEqualTo(60);
    assertThat(outcome.isExact()).isFalse();
  }

  @Test
  void doesNotExpectWhatTheServerRefused() throws IOException, InterruptedException {
    Outcome outcome = run(0, number -> number == 30 ? -1 : 1);

    assertThat(outcome.refused()).isEqualTo(1);
    assertThat(outcome.firstRefusal()).contains("503");
    assertThat(outcome.deliveries().lost()).isZero();
  }

  @Test
  void isNotExactWhenTheServerRefused() throws IOException, InterruptedException {
    Outcome outcome = run(0, number -> -1);

    assertThat(outcome.deliveries().isExact()).isTrue();
    assertThat(outcome.isExact()).isFalse();
    assertThat(String.join("\n", TextReport.of(outcome)))
        .contains("NOT EXACT: 20 of 20 publications were refused")
        .doesNotContain("everyone got everything");
  }

  @Test
  void everyReportTellsTheSame() throws IOException, InterruptedException {
    Outcome outcome = run(0, number -> 1);

    JsonObject json = JsonReport.of(outcome);
    assertThat(json.getInt("received")).isEqualTo(60);
    assertThat(json.getBoolean("exact")).isTrue();
    assertThat(json.get("bench_too_busy")).isIn(JsonValue.TRUE, JsonValue.FALSE);
    List<String> csv = CsvReport.of(outcome);
    assertThat(csv).hasSize(2);
    int column = List.of(csv.get(0).split(",", -1)).indexOf("received");
    assertThat(csv.get(1).split(",", -1)[column]).isEqualTo("60");
    assertThat(String.join("\n", TextReport.of(outcome))).contains("60 of 60", "exact");
    assertThat(HtmlReport.of(outcome)).contains("60 of 60", LatencyChart.of(outcome));
    assertThat(LatencyChart.of(outcome)).startsWith("<svg ").doesNotContain("NaN", "Infinity");
  }

  @Test
  void saysThatTheTokenIsNotAccepted() {
    try (var server = new StubPushServer(number -> 1)) {
      assertThatThrownBy(() -> benchmark(server.url(), "wrong", 0).run())
          .isInstanceOfSatisfying(
              BenchException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(BenchException.Kind.NOT_AUTHORISED);
                assertThat(e).hasMessageContaining("401");
              });
    }
  }

  @Test
  void clientsThatThereIsNoRoomForComeAgain() throws IOException, InterruptedException {
    try (var server = new StubPushServer(number -> 1)) {
      server.turnAway(4);

      Outcome outcome = benchmark(server.url(), "secret", 0).run();

      assertThat(outcome.isExact()).isTrue();
      assertThat(outcome.deliveries().received()).isEqualTo(60);
    }
  }

  @Test
  void saysThatNobodyListens() {
    String url;
    try (var server = new StubPushServer(number -> 1)) {
      url = server.url();
    }
    assertThatThrownBy(() -> benchmark(url, "secret", 0).run())
        .isInstanceOfSatisfying(
            BenchException.class,
            e -> assertThat(e.kind()).isEqualTo(BenchException.Kind.CANNOT_CONNECT));
  }

  private static Outcome run(int slow, StubPushServer.Fault fault)
      throws IOException, InterruptedException {
    try (var server = new StubPushServer(fault)) {
      return benchmark(server.url(), "secret", slow).run();
    }
  }

  private static Benchmark benchmark(String url, String token, int slow) {
    // Six clients of two destinations; 40 messages in pairs, the first 20 of them unmeasured.
    var tenth = Duration.ofMillis(100);
    var load = new Load(6, 2, 64, 200, 2, tenth, tenth, slow, Load.Churn.STAY);
    var access =
        new Access(
            Access.Transport.SSE,
            Access.Publishing.HTTP,
            url,
            token,
            null,
            null,
            "/topic/bench/{n}",
            List.of());
    return new Benchmark(load, access, 2, List.of(), note -> {});
  }
}
