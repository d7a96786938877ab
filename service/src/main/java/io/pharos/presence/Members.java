package io.pharos.presence;

import io.pharos.message.Destination;
import java.util.List;

/**
 * The port to all nodes together. Calls may block for some seconds, and throw {@link
 * io.pharos.message.PharosException} with code {@code UNAVAILABLE} when other nodes cannot be
 * asked. A node that died counts as alive until its lease is over; whoever is alive and does not
 * answer within the time of a question is named in the answer.
 */
public interface Members extends AutoCloseable {

  /** Becomes a member. Called once, before anything else; returns whether that succeeds or not. */
  void start();

  /** Who is alive. Numbers of other nodes are a few seconds old. */
  List<NodeInfo> nodes();

  Survey<ConnectionInfo> connections();

  /** Who is subscribed to a destination, by name or by pattern. */
  Survey<Subscriber> subscribers(Destination destination);

  /**
   * Ends the connections that are selected, on whichever node they are; tells how many there were.
   * Harmless to repeat.
   *
   * @throws io.pharos.message.PharosException UNAVAILABLE also when a node did not answer: it may
   *     have such connections still
   */
  int end(Selection selection);

  /** Leaves. Other nodes see that at once. */
  @Override
  void close();
}
