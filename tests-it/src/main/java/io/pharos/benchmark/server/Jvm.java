package io.pharos.benchmark.server;

import java.util.List;

/** What can be asked of a JVM from outside. */
final class Jvm {
  private Jvm() {}

  /** Twice, since the first pass leaves what finalisers and cleaners hold. */
  static void collectGarbage(Site site, List<Long> processes) {
    for (int pass = 0; pass < 2; pass++) {
      for (long process : processes) {
        site.output(List.of(site.jcmd(), Long.toString(process), "GC.run"));
      }
    }
  }
}
