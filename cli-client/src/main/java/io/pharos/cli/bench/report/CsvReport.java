package io.pharos.cli.bench.report;

import io.pharos.cli.bench.Outcome;
import java.util.List;
import java.util.Map;

/** A line of names and a line of values (RFC 4180). */
public final class CsvReport {
  private CsvReport() {}

  /** Both lines. */
  public static List<String> of(Outcome outcome) {
    Map<String, Object> values = Figures.of(outcome).values();
    return List.of(
        String.join(",", values.keySet()),
        String.join(",", values.values().stream().map(Object::toString).toList()));
  }
}
