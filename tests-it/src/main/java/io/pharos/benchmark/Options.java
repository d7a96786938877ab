package io.pharos.benchmark;

import io.pharos.benchmark.load.Plan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What was asked for: the project's folder, and perhaps {@code --quick}, {@code --only SCENARIO},
 * several times or with commas, and {@code --page}.
 *
 * @param only the scenarios to run; empty for all
 * @param pageOnly whether to write the page from what is kept, and nothing else
 */
record Options(Path root, boolean quick, List<String> only, boolean pageOnly) {
  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException when it makes no sense, with a message for people
   */
  static Options of(String[] arguments, List<String> scenarios) {
    boolean quick = false;
    boolean pageOnly = false;
    var only = new TreeSet<String>();
    for (int i = 1; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--quick")) {
        quick = true;
      } else if (argument.equals("--page")) {
        pageOnly = true;
      } else if (argument.startsWith("--only=")) {
        only.addAll(names(argument.substring("--only=".length())));
      } else if (argument.equals("--only") && i + 1 < arguments.length) {
        i++;
        only.addAll(names(arguments[i]));
      } else {
        throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    only.stream()
        .filter(name -> !scenarios.contains(name))
        .forEach(
            name -> {
              throw new IllegalArgumentException(
                  "no scenario is named '" + name + "'; there are " + String.join(", ", scenarios));
            });
    return new Options(Path.of(arguments[0]).toAbsolutePath(), quick, List.copyOf(only), pageOnly);
  }

  private static List<String> names(String value) {
    return Arrays.asList(value.split(",", -1));
  }

  Plan plan() {
    return quick ? Plan.quick() : Plan.full();
  }

  /** For logs, and whatever the servers write. */
  Path work() {
    return root.resolve("tests-it/target/benchmark");
  }

  /** Where results are kept. A quick run's figures mean nothing and stay with its logs. */
  Path results() {
    return quick ? work().resolve("results") : root.resolve("tests-it/benchmark/results");
  }

  Path page() {
    return root.resolve(quick ? "tests-it/target/BENCHMARKS.md" : "BENCHMARKS.md");
  }

  boolean wants(String scenario) {
    return !pageOnly && (only.isEmpty() || only.contains(scenario));
  }
}
