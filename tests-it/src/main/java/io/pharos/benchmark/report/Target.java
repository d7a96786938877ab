package io.pharos.benchmark.report;

import java.util.OptionalDouble;

/**
 * A figure that Pharos is to reach, and what it reached.
 *
 * @param load that shows it
 * @param way to subscribe, as in reports
 * @param text what is to be reached
 * @param figure what was; nothing when it was not measured
 */
record Target(
    String load,
    String way,
    String text,
    OptionalDouble figure,
    Direction direction,
    double limit) {
  enum Direction {
    AT_MOST,
    AT_LEAST
  }

  boolean isMissed() {
    return figure.isPresent() && !reaches(figure.getAsDouble());
  }

  String verdict() {
    return figure.isEmpty() ? "not measured" : isMissed() ? "**missed**" : "met";
  }

  private boolean reaches(double value) {
    return direction == Direction.AT_MOST ? value <= limit : value >= limit;
  }
}
