package io.pharos.cli.stream;

import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Moved;
import io.pharos.message.DestinationPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one of the destinations asked for is resumed. A single one goes on after its last position. A
 * pattern goes on after the last position of each destination that it takes in, provided that the
 * server named them all at the start; otherwise what was missed is announced as a gap. A work queue
 * keeps what is not acknowledged, and has no place to resume from.
 */
final class StompSubscription {
  /** Longest list of positions; servers limit the length of a header. */
  private static final int MAX_HEADER = 7 << 10;

  /** What a receipt says, and takes back, where nothing matched the pattern yet. */
  private static final String NOTHING_YET = "beginning";

  private final String destination;
  private final boolean literal;
  private boolean live;
  private boolean placesKnown;

  StompSubscription(String destination) {
    this.destination = destination;
    this.literal = destination.indexOf('*') < 0;
  }

  String destination() {
    return destination;
  }

  /** Whether this is a work queue, which gives each message to one consumer. */
  boolean isQueue() {
    return destination.startsWith("/queue/");
  }

  /** The {@code last-event-id} to subscribe with; null to begin now. */
  @Nullable String resumeHeader(Bookmark bookmark) {
    if (isQueue()) {
      return null;
    }
    return literal ? bookmark.cursor(destination) : places(bookmark);
  }

  /** Whether subscribing without {@link #resumeHeader} would lose messages silently. */
  @Nullable Gap lostPlace(Bookmark bookmark) {
    if (!live || isQueue() || resumeHeader(bookmark) != null) {
      return null;
    }
    return new Gap(
        null,
        destination,
        null,
        "the connection was lost, and this pattern cannot be resumed: messages may be missing");
  }

  /**
   * The subscription is live.
   *
   * @param position the receipt's: after which it begins
   * @return where to resume, if it began now or with all that is retained; where it was resumed
   *     from a place, the old one stays until something comes, or a gap that follows would be
   *     forgotten
   */
  List<StreamEvent> began(@Nullable String position, Bookmark bookmark) {
    String from = resumeHeader(bookmark);
    boolean resumed = from != null && !from.equals(Mark.EARLIEST);
    live = true;
    if (resumed || position == null) {
      return List.of();
    }
    if (literal) {
      return List.of(new Moved(new Mark(destination, position)));
    }
    placesKnown = true;
    List<StreamEvent> moves = new ArrayList<>();
    String[] words = position.split(" ", -1);
    for (int i = 0; i + 1 < words.length; i += 2) {
      moves.add(new Moved(new Mark(words[i], words[i + 1])));
    }
    return moves;
  }

  private @Nullable String places(Bookmark bookmark) {
    var pattern = new DestinationPattern(destination);
    var places = new StringBuilder();
    if (placesKnown) {
      for (Map.Entry<String, String> place : bookmark.cursors().entrySet()) {
        if (pattern.implies(new DestinationPattern(place.getKey()))) {
          places.append(places.isEmpty() ? "" : " ").append(place.getKey());
          places.append(' ').append(place.getValue());
        }
      }
    }
    if (places.isEmpty()) {
      return placesKnown ? NOTHING_YET : null;
    }
    return places.length() > MAX_HEADER ? null : places.toString();
  }
}
