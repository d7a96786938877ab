package io.pharos.benchmark.report;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Names of figures, and what they tell. */
public final class Figure {
  /** Why there are no figures. */
  public static final String FAILED = "failed";

  /** "true" when latencies may be the clients' own. */
  public static final String CLIENTS_TOO_BUSY = "bench_too_busy";

  private Figure() {}

  /** What stands for the figures of a run that has none. */
  public static JsonObject failed(String reason) {
    return Json.createObjectBuilder().add(FAILED, reason).build();
  }

  /** Whether the figures may say more about the clients, or this machine, than about the server. */
  public static boolean isClientsTooBusy(JsonObject figures) {
    return figures.getString(CLIENTS_TOO_BUSY, "false").equals("true");
  }
}
