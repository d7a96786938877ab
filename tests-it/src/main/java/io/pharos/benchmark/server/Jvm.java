package io.pharos.benchmark.server;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM, and what can be asked of it from outside. */
record Jvm(Site site, long process) {
  private static final int LINES = 24;
  private static final int HEAP_LINES = 28;

  /** Twice each, since the first pass leaves what finalisers and cleaners hold. */
  static void collectGarbage(Site site, List<Long> processes) {
    for (int pass = 0; pass < 2; pass++) {
      for (long process : processes) {
        new Jvm(site, process).ask("GC.run");
      }
    }
  }

  /** Samples by CPU time, native code included: most of a delivery is the kernel's. */
  void beginProfile() {
    ask("JFR.start", "name=benchmark", "settings=profile", "jdk.CPUTimeSample#enabled=true");
  }

  String endProfile() {
    Path recording = site.work().resolve("profile.jfr");
    ask("JFR.dump", "name=benchmark", "filename=" + recording);
    ask("JFR.stop", "name=benchmark");
    return List.of("cpu-time-hot-methods", "allocation-by-class", "gc-pauses").stream()
        .map(
            view ->
                head(
                    site.output(
                        List.of(site.jfr(), "view", "--width", "120", view, recording.toString())),
                    LINES))
        .collect(Collectors.joining("\n\n"));
  }

  String heap() {
    return head(ask("GC.heap_info"), 6) + "\n\n" + head(ask("GC.class_histogram"), HEAP_LINES);
  }

  private String ask(String... question) {
    List<String> command = new java.util.ArrayList<>(List.of(site.jcmd(), Long.toString(process)));
    command.addAll(List.of(question));
    return site.output(command);
  }

  private static String head(String text, int lines) {
    return text.lines()
        .filter(line -> !line.isBlank())
        .limit(lines)
        .collect(Collectors.joining("\n"));
  }
}
