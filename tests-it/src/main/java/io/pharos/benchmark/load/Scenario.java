package io.pharos.benchmark.load;

import java.util.Map;

/** Loads that belong together. What one brings is kept once it has come to its end. */
public interface Scenario {
  /** The name in options, and of the file that keeps its results. */
  String name();

  /** Why a server has no part in it, by the servers' names; usually nothing. */
  default Map<String, String> missing() {
    return Map.of();
  }

  /** Puts the load on all servers. */
  void run(Bench bench);
}
