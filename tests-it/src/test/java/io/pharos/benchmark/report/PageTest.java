package io.pharos.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static final List<String> ABOUT = List.of("Pharos 1", "JDK 25");

  private final Results results = new Results();

  @Test
  void comparesMediansWithTheTargets() {
    cpu("Pharos", 9);
    cpu("Pharos", 10);
    cpu("Pharos", 30);
    cpu("Spring", 40);
    cpu("Nchan", 5);

    assertThat(page("fanout", Map.of()))
        .contains("| SSE, broadcast: CPU per delivery ≤ 0.5 × Spring | 0.25 | met |")
        .contains("| SSE, broadcast: CPU per delivery ≤ 1.5 × Nchan | 2 | **missed** |")
        .contains("| WebSocket, broadcast: CPU per delivery ≤ 0.5 × Spring | – | not measured |");
    assertThat(Targets.missed(results, "broadcast", "SSE")).isTrue();
    assertThat(Targets.missed(results, "broadcast", "WebSocket")).isFalse();
    assertThat(Targets.missed(results, "burst", "SSE")).isFalse();
  }

  @Test
  void comparesRatesTheOtherWayRound() {
    rate("Pharos", 300);
    rate("Spring", 100);
    rate("Nchan", 301);

    assertThat(page("highest", Map.of()))
        .contains("| SSE, highest: highest rate ≥ 3 × Spring | 3 | met |")
        .contains("| SSE, highest: highest rate ≥ 1 × Nchan | 1.00 | **missed** |");
  }

  @Test
  void countsWhatWasLostInAllRepeats() {
    for (int lost : new int[] {0, 3, 0}) {
      results.add("restart", "Pharos", "SSE", Json.createObjectBuilder().add("lost", lost).build());
    }

    assertThat(page("restart", Map.of()))
        .contains("| SSE, restart: messages lost | 3 | **missed** |");
  }

  @Test
  void countsAsClosedWhatStalledClientsFoundWhenTheyReadAgain() {
    for (int repeat = 0; repeat < 2; repeat++) {
      results.add(
          "stalled",
          "Pharos",
          "WebSocket",
          Json.createObjectBuilder()
              .add("slow_clients", 10)
              .add("slow_cut_off", 0)
              .add(
                  "slow_closed_reasons",
                  Json.createObjectBuilder().add("closed with 1013", 9).add("ended", 1))
              .build());
    }

    assertThat(page("stalled", Map.of()))
        .contains("| WebSocket, stalled: the stalled are closed: share of them | 1 | met |")
        .contains("(WebSocket) read at last: 18 × closed with 1013; 2 × ended.");
  }

  @Test
  void tellsInTheRowsWhatIsMissingWhatFailedAndWhatCannotBeTrusted() {
    results.add("broadcast", "Spring", "SSE", Figure.failed("did not keep up"));
    results.add(
        "broadcast",
        "Pharos",
        "SSE",
        Json.createObjectBuilder()
            .add("server_cpu_us_per_delivery", 9)
            .add(Figure.CLIENTS_TOO_BUSY, true)
            .build());

    assertThat(page("fanout", Map.of("Nchan", "not installed")))
        .contains("| Nchan | | left out: not installed |")
        .containsPattern("\\| Spring \\| SSE \\|.* failed: did not keep up \\|")
        .containsPattern("\\| Pharos \\| SSE \\| 9 \\|.* clients or machine too busy \\|");
  }

  @Test
  void showsWhatWasSeenWhereATargetWasMissed() {
    results.profile("idle", "SSE", "[B 1000");

    assertThat(page("idle", Map.of())).contains("### idle, SSE\n\n```\n[B 1000\n```");
  }

  @Test
  void comesOutTheSameFromWhatIsKept(@TempDir Path folder) throws IOException {
    cpu("Pharos", 9);
    results.profile("broadcast", "SSE", "hot methods");
    Finding finding = finding("fanout", Map.of("Nchan", "not installed"));
    var kept = new Kept(folder);

    kept.put(finding("fanout", Map.of()));
    kept.put(finding);

    assertThat(Page.of(kept.of(List.of("fanout", "idle")), "Notes."))
        .isEqualTo(Page.of(List.of(finding), "Notes."));
  }

  @Test
  void saysThatNothingWasMeasured() {
    assertThat(Page.of(List.of(), "Notes.")).contains("Nothing was measured.");
  }

  private void cpu(String server, double micros) {
    results.add(
        "broadcast",
        server,
        "SSE",
        Json.createObjectBuilder().add("server_cpu_us_per_delivery", micros).build());
  }

  private void rate(String server, int rate) {
    results.add("highest", server, "SSE", Json.createObjectBuilder().add("rate", rate).build());
  }

  private Finding finding(String scenario, Map<String, String> missing) {
    return new Finding(scenario, "2026-01-01T00:00:00Z", 5, ABOUT, missing, results);
  }

  private String page(String scenario, Map<String, String> missing) {
    return Page.of(List.of(finding(scenario, missing)), "Notes.");
  }
}
