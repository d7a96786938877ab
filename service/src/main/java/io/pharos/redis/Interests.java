package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What this node wants, counted. */
final class Interests {
  private final ConcurrentMap<String, Integer> literals = new ConcurrentHashMap<>();
  private final ConcurrentMap<DestinationPattern, Integer> wildcards = new ConcurrentHashMap<>();

  private final Set<DestinationPattern> complete = ConcurrentHashMap.newKeySet();

  void add(DestinationPattern pattern) {
    if (pattern.isLiteral()) {
      literals.merge(pattern.value(), 1, Integer::sum);
    } else {
      wildcards.merge(pattern, 1, Integer::sum);
    }
  }

  void remove(DestinationPattern pattern) {
    if (pattern.isLiteral()) {
      literals.computeIfPresent(pattern.value(), (key, count) -> count == 1 ? null : count - 1);
    } else {
      wildcards.computeIfPresent(
          pattern,
          (key, count) -> {
            if (count == 1) {
              complete.remove(pattern);
              return null;
            }
            return count - 1;
          });
    }
  }

  /** Whether the destination itself is wanted. */
  boolean wantsLiterally(Destination destination) {
    return literals.containsKey(destination.value());
  }

  boolean wants(Destination destination) {
    return wantsLiterally(destination) || wantsByWildcard(destination);
  }

  boolean wantsByWildcard(Destination destination) {
    return !wildcards.isEmpty()
        && wildcards.keySet().stream().anyMatch(pattern -> pattern.matches(destination));
  }

  /** From now on, a destination that this matches and that is unknown is a new one. */
  void complete(DestinationPattern pattern) {
    wildcards.computeIfPresent(
        pattern,
        (key, count) -> {
          complete.add(pattern);
          return count;
        });
  }

  /** Whether a destination that is unknown must be new. */
  boolean knowsAllLike(Destination destination) {
    return complete.stream().anyMatch(pattern -> pattern.matches(destination));
  }

  boolean hasWildcards() {
    return !wildcards.isEmpty();
  }
}
