package io.pharos.benchmark.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers are written. */
final class Numbers {
  private Numbers() {}

  static String text(OptionalDouble value) {
    return value.isPresent() ? text(value.getAsDouble()) : "–";
  }

  static String text(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }
}
