package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to the shared log: the only turn-around of a message. Every destination is one log with
 * one order, which is the order that every listener on every node sees. All calls may block, and
 * all of them throw {@link io.pharos.message.PharosException} with code {@code UNAVAILABLE} when
 * the log cannot be reached.
 */
public interface Broker extends AutoCloseable {

  /** Starts to hand messages to the listener. Called once, before anything else. */
  void start(BrokerListener listener);

  /**
   * Stores the publications, each destination's in the order given, and answers for each where it
   * stands. When this returns they are stored; when it throws, none of them was stored or the
   * broker cannot tell, and a publication that carries an idempotency key can safely be published
   * again.
   */
  List<Published> publish(List<Publication> publications);

  /**
   * Reads retained messages that come after a position, oldest first.
   *
   * @param after read from here; null reads from the earliest one retained
   * @param limit how many messages at the most; 0 asks for the bounds alone
   */
  History history(Destination destination, @Nullable Position after, int limit);

  /**
   * The bounds of each of these logs, in their order: what {@link #history} answers to a limit of 0
   * from the earliest on. Not at one moment.
   */
  default List<History> bounds(List<Destination> destinations) {
    return destinations.stream().map(each -> history(each, null, 0)).toList();
  }

  /**
   * Whether the destination keeps any history. Without it, delivery is at-most-once: what a client
   * misses, it is told of and cannot get.
   */
  default boolean retains(Destination destination) {
    return true;
  }

  /** The destinations that this pattern matches and that have a position, in no order. */
  List<Destination> destinations(DestinationPattern pattern);

  /**
   * Asks for the messages of all destinations that a pattern matches. When this returns, every
   * message that is published from now on reaches the listener. Interests are counted: the same
   * pattern can be asked for many times.
   */
  Interest subscribe(DestinationPattern pattern);

  /**
   * How many things were found where messages should be, and were skipped, since this broker was
   * started: somebody else writes there.
   */
  default long unreadable() {
    return 0;
  }

  /** Returns when the log can be reached, and throws when it cannot. */
  void check();

  /** Stops handing out messages and frees what the broker holds. */
  @Override
  void close();
}
