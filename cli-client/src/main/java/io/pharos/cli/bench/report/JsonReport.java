package io.pharos.cli.bench.report;

import io.pharos.cli.bench.Outcome;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** One object. */
public final class JsonReport {
  private JsonReport() {}

  /** All figures, and the reasons for which connections ended. */
  public static JsonObject of(Outcome outcome) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    Figures.of(outcome)
        .values()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Long number -> object.add(name, number);
                case Double number -> object.add(name, number);
                case Boolean truth -> object.add(name, truth);
                default -> object.add(name, value.toString());
              }
            });
    object.add("readers_lost_reasons", reasons(outcome.fleet().lostReaders()));
    object.add("slow_closed_reasons", reasons(outcome.fleet().lostSlow()));
    object.add("first_refusal", outcome.firstRefusal());
    return object.build();
  }

  private static JsonObjectBuilder reasons(Map<String, Integer> counts) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    counts.forEach(object::add);
    return object;
  }
}
