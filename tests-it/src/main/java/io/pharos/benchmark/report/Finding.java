package io.pharos.benchmark.report;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one scenario left when it had come to its end.
 *
 * @param finished when, in UTC
 * @param seconds how long it took
 * @param about lines on versions and machine
 * @param missing why servers had no part in it, by their names
 */
public record Finding(
    String scenario,
    String finished,
    long seconds,
    List<String> about,
    Map<String, String> missing,
    Results results) {

  JsonObject toJson() {
    JsonObjectBuilder reasons = Json.createObjectBuilder();
    missing.forEach(reasons::add);
    return Json.createObjectBuilder()
        .add("scenario", scenario)
        .add("finished", finished)
        .add("seconds", seconds)
        .add("about", Json.createArrayBuilder(about))
        .add("missing", reasons)
        .add("runs", results.runs())
        .add("profiles", results.profilesAsJson())
        .build();
  }

  static Finding of(JsonObject json) {
    JsonObject reasons = json.getJsonObject("missing");
    Map<String, String> missing = new LinkedHashMap<>();
    reasons.keySet().forEach(name -> missing.put(name, reasons.getString(name)));
    return new Finding(
        json.getString("scenario"),
        json.getString("finished"),
        json.getInt("seconds"),
        json.getJsonArray("about").getValuesAs(JsonString::getString),
        missing,
        Results.of(json.getJsonArray("runs"), json.getJsonObject("profiles")));
  }
}
