package io.pharos.benchmark.report;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All figures, by load, server and way to subscribe; and what was seen where a target was missed.
 */
public final class Results {
  private final List<JsonObject> entries = new ArrayList<>();
  private final Map<String, String> profiles = new LinkedHashMap<>();

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

  /** Adds what a profile of Pharos under a load showed. */
  public void profile(String load, String way, String text) {
    profiles.put(load + ", " + way, text);
  }

  void addAll(Results others) {
    entries.addAll(others.entries);
    profiles.putAll(others.profiles);
  }

  static Results of(JsonArray runs, JsonObject profiles) {
    var results = new Results();
    runs.forEach(value -> results.entries.add(value.asJsonObject()));
    profiles.forEach((name, text) -> results.profiles.put(name, profiles.getString(name)));
    return results;
  }

  JsonArray runs() {
    return Json.createArrayBuilder(entries).build();
  }

  JsonObject profilesAsJson() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    profiles.forEach(json::add);
    return json.build();
  }

  /** What was seen, by load and way. */
  Map<String, String> profiles() {
    return profiles;
  }

  /** Why runs failed, each reason once. */
  List<String> failures(String load, String server, String way) {
    return figures(load, server, way).stream()
        .filter(figures -> figures.containsKey(Figure.FAILED))
        .map(figures -> figures.getString(Figure.FAILED))
        .distinct()
        .toList();
  }

  /** Whether the figures of one of the runs may be the clients' own. */
  boolean isClientsTooBusy(String load, String server, String way) {
    return figures(load, server, way).stream().anyMatch(Figure::isClientsTooBusy);
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
        : OptionalDouble.of(Arrays.stream(values).sum());
  }

  /** Why clients that stalled were ended. */
  String reasons(String load, String server, String way) {
    var counts = new TreeMap<String, Integer>();
    for (JsonObject figures : figures(load, server, way)) {
      Figure.slowClosed(figures).forEach((reason, n) -> counts.merge(reason, n, Integer::sum));
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining("; "));
  }

  private double[] values(String load, String server, String way, String figure) {
    return figures(load, server, way).stream()
        .map(figures -> Figure.of(figures, figure))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .sorted()
        .toArray();
  }

  private List<JsonObject> figures(String load, String server, String way) {
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
