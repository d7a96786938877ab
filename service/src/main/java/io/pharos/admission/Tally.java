package io.pharos.admission;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts by name, no further than a bound. Holds nothing of a name that is at zero. Not
 * thread-safe.
 */
final class Tally {
  private final int most;
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * @param most of each name; 0 counts nothing, and is never full
   */
  Tally(int most) {
    this.most = most;
  }

  boolean isFull(String name) {
    return most > 0 && counts.getOrDefault(name, 0) >= most;
  }

  void add(String name) {
    if (most > 0) {
      counts.merge(name, 1, Integer::sum);
    }
  }

  void remove(String name) {
    counts.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
  }

  int names() {
    return counts.size();
  }
}
