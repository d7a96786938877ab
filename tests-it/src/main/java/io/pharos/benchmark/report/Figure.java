package io.pharos.benchmark.report;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Names of figures, and what they tell. */
public final class Figure {
  /** Why there are no figures. */
  public static final String FAILED = "failed";

  /** True when latencies may be the clients' own. */
  public static final String CLIENTS_TOO_BUSY = "bench_too_busy";

  /** How many of the clients that stalled found themselves closed when they read again. */
  static final String SLOW_CLOSED = "slow_closed";

  private static final String SLOW_CLOSED_REASONS = "slow_closed_reasons";

  private Figure() {}

  /** The figure of this name; nothing when there is none. */
  static OptionalDouble of(JsonObject figures, String name) {
    if (name.equals(SLOW_CLOSED)) {
      return figures.containsKey(SLOW_CLOSED_REASONS)
          ? OptionalDouble.of(
              slowClosed(figures).values().stream().mapToInt(Integer::intValue).sum())
          : OptionalDouble.empty();
    }
    return figures.containsKey(name)
        ? OptionalDouble.of(figures.getJsonNumber(name).doubleValue())
        : OptionalDouble.empty();
  }

  /** How often clients that stalled found each reason. */
  static Map<String, Integer> slowClosed(JsonObject figures) {
    var reasons = new TreeMap<String, Integer>();
    if (figures.containsKey(SLOW_CLOSED_REASONS)) {
      JsonObject counts = figures.getJsonObject(SLOW_CLOSED_REASONS);
      counts.keySet().forEach(reason -> reasons.put(reason, counts.getInt(reason)));
    }
    return reasons;
  }

  /** What stands for the figures of a run that has none. */
  public static JsonObject failed(String reason) {
    return Json.createObjectBuilder().add(FAILED, reason).build();
  }

  /** Whether the figures may say more about the clients, or this machine, than about the server. */
  public static boolean isClientsTooBusy(JsonObject figures) {
    JsonValue busy = figures.get(CLIENTS_TOO_BUSY);
    // Results that were kept from earlier have it as text.
    return JsonValue.TRUE.equals(busy) || busy instanceof JsonString text && isTrue(text);
  }

  private static boolean isTrue(JsonString text) {
    return text.getString().equals("true");
  }
}
