package io.pharos.presence;

import io.pharos.message.Destination;
import java.util.List;

/** The members of a cluster of one. */
public final class SingleNode implements Members {
  private final NodeView local;

  public SingleNode(NodeView local) {
    this.local = local;
  }

  @Override
  public void start() {}

  @Override
  public List<NodeInfo> nodes() {
    return List.of(local.node());
  }

  @Override
  public Survey<ConnectionInfo> connections() {
    return Survey.complete(local.connections());
  }

  @Override
  public Survey<Subscriber> subscribers(Destination destination) {
    return Survey.complete(local.subscribers(destination));
  }

  @Override
  public int end(Selection selection) {
    return local.end(selection);
  }

  @Override
  public void close() {}
}
