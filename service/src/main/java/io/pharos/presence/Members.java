package io.pharos.presence;

import io.pharos.message.Destination;
import java.util.List;

/**
 * The port to all nodes together. Every answer takes in all nodes that are alive; calls may block
 * for about a second, and throw {@link io.pharos.message.PharosException} with code {@code
 * UNAVAILABLE} when other nodes cannot be asked.
 */
public interface Members extends AutoCloseable {
  List<NodeInfo> nodes();

  List<ConnectionInfo> connections();

  /** Who is subscribed to a destination, by name or by pattern. */
  List<Subscriber> subscribers(Destination destination);

  /**
   * Ends the connections that are selected, on whichever node they are; tells how many there were.
   */
  int end(Selection selection);

  @Override
  void close();
}
