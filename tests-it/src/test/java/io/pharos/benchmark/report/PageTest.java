package io.pharos.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
  private final Results results = new Results();

  @Test
  void comparesMediansWithTheTargets() {
    cpu("Pharos", 9);
    cpu("Pharos", 10);
    cpu("Pharos", 30);
    cpu("Spring", 40);
    cpu("Nchan", 5);

    assertThat(page())
        .contains("| SSE, broadcast: CPU per delivery ≤ 0.5 × Spring | 0.25 | met |")
        .contains("| SSE, broadcast: CPU per delivery ≤ 1.5 × Nchan | 2 | **missed** |")
        .contains("| WebSocket, broadcast: CPU per delivery ≤ 0.5 × Spring | – | not measured |");
  }

  @Test
  void countsWhatWasLostInAllRepeats() {
    for (int lost : new int[] {0, 3, 0}) {
      results.add("restart", "Pharos", "SSE", Json.createObjectBuilder().add("lost", lost).build());
    }

    assertThat(page()).contains("| SSE, restart: messages lost | 3 | **missed** |");
  }

  @Test
  void aMissingServerAndAFailedRunAreToldInTheirRows() {
    results.add(
        "broadcast", "Spring", "SSE", Json.createObjectBuilder().add("failed", "x").build());

    assertThat(page())
        .contains("| Nchan | | missing: not installed |")
        .contains("1 runs failed: did not keep up");
  }

  @Test
  void comesOutTheSameFromStoredResults() {
    cpu("Pharos", 9);

    assertThat(Page.of(Results.of(results.toJson()), List.of(), Map.of(), ""))
        .isEqualTo(Page.of(results, List.of(), Map.of(), ""));
  }

  private void cpu(String server, double micros) {
    results.add(
        "broadcast",
        server,
        "SSE",
        Json.createObjectBuilder().add("server_cpu_us_per_delivery", micros).build());
  }

  private String page() {
    return Page.of(
        results,
        List.of("JDK 25"),
        hasNchan() ? Map.of() : Map.of("Nchan", "not installed"),
        "Notes.");
  }

  private boolean hasNchan() {
    return results.median("broadcast", "Nchan", "SSE", "server_cpu_us_per_delivery").isPresent();
  }
}
