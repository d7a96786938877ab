package io.pharos.presence;

import java.util.List;

/**
 * What the nodes answered when all of them were asked.
 *
 * @param found what those said that answered in time
 * @param silent the ids of the nodes that are alive and did not: what they have is missing
 */
public record Survey<T>(List<T> found, List<String> silent) {
  public Survey {
    found = List.copyOf(found);
    silent = List.copyOf(silent);
  }

  /** Everybody answered. */
  public static <T> Survey<T> complete(List<T> found) {
    return new Survey<>(found, List.of());
  }

  public boolean isComplete() {
    return silent.isEmpty();
  }
}
