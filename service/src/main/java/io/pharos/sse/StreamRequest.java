package io.pharos.sse;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What one event stream is a stream of, in one normal form: sorted, and without what another part
 * of it takes in already. Cursors of a stream mean something only to the same request again.
 *
 * @param patterns what the client may subscribe to, with the queues of a user in their full form;
 *     at least one
 */
public record StreamRequest(List<DestinationPattern> patterns) {

  public StreamRequest {
    patterns = normal(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("a stream has at least one destination");
    }
  }

  public static StreamRequest of(Collection<DestinationPattern> patterns) {
    return new StreamRequest(List.copyOf(patterns));
  }

  /** Whether it is a stream of one destination, whose cursors are its positions. */
  boolean isSingle() {
    return patterns.size() == 1 && patterns.getFirst().isLiteral();
  }

  /** Whether the destination was asked for by its name, not found by a pattern. */
  boolean names(Destination destination) {
    return patterns.contains(DestinationPattern.of(destination));
  }

  /** How a cursor names one of the stream's destinations. */
  String key(Destination destination) {
    int index = patterns.indexOf(DestinationPattern.of(destination));
    return index < 0 ? "_" + Fingerprint.of(destination.value(), 6) : Integer.toString(index, 36);
  }

  /** Ties a cursor to the request. */
  String fingerprint() {
    return Fingerprint.of(
        String.join("\n", patterns.stream().map(DestinationPattern::value).toList()), 5);
  }

  private static List<DestinationPattern> normal(List<DestinationPattern> patterns) {
    List<DestinationPattern> distinct = patterns.stream().distinct().toList();
    return distinct.stream()
        .filter(one -> distinct.stream().noneMatch(by -> !by.equals(one) && by.implies(one)))
        .sorted(Comparator.comparing(DestinationPattern::value))
        .toList();
  }
}
