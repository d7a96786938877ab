package io.pharos.presence;

import java.util.List;

/**
 * The port to what all nodes know of each other's seats, and the one that announces: a user who
 * takes the first seat at a destination on any node joins, whoever gives up the last one leaves,
 * and each is published to the destination once.
 */
public interface Roster {

  /** What became of an update. */
  enum Outcome {
    /** It is known to all. */
    STORED,
    /** What was known of this node's seats is lost: all that are taken must be told again. */
    FORGOTTEN
  }

  /**
   * What there is to tell.
   *
   * @param changes in the order they came about
   * @param seats how many seats are taken on this node in all once these changes are known, or -1
   *     when more changes are waiting
   */
  record Update(List<SeatChange> changes, int seats) {
    public Update {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Makes changes known to all nodes and publishes who joined and left, here and on nodes that
   * died. Called by one thread, now and then without changes. May block.
   *
   * @throws io.pharos.message.PharosException UNAVAILABLE: the same changes must be told again
   */
  Outcome update(Update update);
}
