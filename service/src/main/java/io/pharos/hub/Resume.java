package io.pharos.hub;

import io.pharos.message.Destination;
import io.pharos.message.Position;
import org.jspecify.annotations.Nullable;

/** Where a client left off, for each destination of a subscription. */
public sealed interface Resume {

  /** It was never here: it gets what is published from now on. */
  record FromNow() implements Resume {}

  /** It wants everything that is retained, and then what is published. */
  record FromEarliest() implements Resume {}

  /** It names a place for each destination that it knew. */
  @FunctionalInterface
  non-sealed interface From extends Resume {

    /**
     * The position after which the client wants to go on. {@link Place#BEGINNING} for a destination
     * that the client did not know because there was none; {@link Place#UNKNOWN} when what the
     * client said cannot be used.
     */
    Place after(Destination destination);
  }

  /** One destination's answer: a position, the beginning, or a place that cannot be found. */
  record Place(@Nullable Position position, boolean known) {
    public static final Place BEGINNING = new Place(null, true);
    public static final Place UNKNOWN = new Place(null, false);

    public static Place at(Position position) {
      return new Place(position, true);
    }
  }

  Resume NOW = new FromNow();
  Resume EARLIEST = new FromEarliest();

  /** How a client spells {@link #EARLIEST} where it would name its position. */
  String EARLIEST_TOKEN = "earliest";

  /** One position for the one destination of a literal subscription. */
  static Resume after(Position position) {
    return (From) destination -> Place.at(position);
  }

  /**
   * What the client said cannot be used: it is told of a gap, and goes on from what is retained.
   */
  static Resume unknown() {
    return (From) destination -> Place.UNKNOWN;
  }
}
