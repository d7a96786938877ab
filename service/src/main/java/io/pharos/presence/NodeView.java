package io.pharos.presence;

import io.pharos.message.Destination;
import java.util.List;

/** What one node knows of its own clients, and can do to them. Nothing here blocks. */
public interface NodeView {
  NodeInfo node();

  List<ConnectionInfo> connections();

  List<Subscriber> subscribers(Destination destination);

  /**
   * Ends the connections that are selected, with a reason that says so; tells how many there were.
   */
  int end(Selection selection);
}
