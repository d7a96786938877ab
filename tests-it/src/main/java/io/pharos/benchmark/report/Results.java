package io.pharos.benchmark.report;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** All figures, by load, server and way to subscribe. */
public final class Results {
  private final List<JsonObject> entries = new ArrayList<>();

  /** Adds what one run brought. */
  public void add(String load, String server, String way, JsonObject figures) {
    entries.add(
        Json.createObjectBuilder()
            .add("load", load)
            .add("server", server)
            .add("way", way)
            .add("figures", figures)
            .build());
  }

  /** What {@link #toJson} made. */
  public static Results of(JsonArray array) {
    var results = new Results();
    array.forEach(value -> results.entries.add(value.asJsonObject()));
    return results;
  }

  public JsonArray toJson() {
    return Json.createArrayBuilder(entries).build();
  }

  /** The runs of a load that failed. */
  long failures(String load, String server, String way) {
    return runs(load, server, way).stream()
        .filter(figures -> figures.containsKey("failed"))
        .count();
  }

  /** The median over the repeats; nothing when none has this figure. */
  OptionalDouble median(String load, String server, String way, String figure) {
    double[] values = values(load, server, way, figure);
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((values[(values.length - 1) / 2] + values[values.length / 2]) / 2);
  }

  /** The sum over the repeats; nothing when none has this figure. */
  OptionalDouble sum(String load, String server, String way, String figure) {
    double[] values = values(load, server, way, figure);
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(java.util.Arrays.stream(values).sum());
  }

  /** Why clients that stalled, or read, were ended. */
  String reasons(String load, String server, String way) {
    return runs(load, server, way).stream()
        .filter(figures -> figures.containsKey("slow_closed_reasons"))
        .flatMap(figures -> figures.getJsonObject("slow_closed_reasons").entrySet().stream())
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining("; "));
  }

  private double[] values(String load, String server, String way, String figure) {
    return runs(load, server, way).stream()
        .filter(figures -> figures.containsKey(figure))
        .mapToDouble(figures -> figures.getJsonNumber(figure).doubleValue())
        .sorted()
        .toArray();
  }

  private List<JsonObject> runs(String load, String server, String way) {
    return entries.stream()
        .filter(
            e ->
                e.getString("load").equals(load)
                    && e.getString("server").equals(server)
                    && e.getString("way").equals(way))
        .map(e -> e.getJsonObject("figures"))
        .toList();
  }
}
