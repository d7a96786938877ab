package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.presence.ConnectionInfo;
import io.pharos.presence.NodeInfo;
import io.pharos.presence.NodeView;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import java.util.List;
import java.util.function.Supplier;

/** A node as it sees itself, under the id that it has among the others. */
record NamedView(NodeView view, Supplier<String> id) implements NodeView {

  @Override
  public NodeInfo node() {
    NodeInfo node = view.node();
    return new NodeInfo(
        id.get(), node.version(), node.startedAt(), node.connections(), node.draining());
  }

  @Override
  public List<ConnectionInfo> connections() {
    String name = id.get();
    return view.connections().stream()
        .map(
            each ->
                new ConnectionInfo(
                    each.id(),
                    name,
                    each.user(),
                    each.transport(),
                    each.age(),
                    each.waiting(),
                    each.subscriptions()))
        .toList();
  }

  @Override
  public List<Subscriber> subscribers(Destination destination) {
    String name = id.get();
    return view.subscribers(destination).stream()
        .map(each -> new Subscriber(each.user(), each.session(), name))
        .toList();
  }

  @Override
  public int end(Selection selection) {
    return view.end(selection);
  }
}
