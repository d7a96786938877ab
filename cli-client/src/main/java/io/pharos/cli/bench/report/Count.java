package io.pharos.cli.bench.report;

import java.util.Locale;

/** A number of things, in words. */
record Count(long number, String one) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
  }
}
