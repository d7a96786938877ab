package io.pharos.presence;

import io.pharos.message.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node whose connections are made up. */
public final class FakeNode implements NodeView {
  private final String id;
  private final List<ConnectionInfo> connections = new CopyOnWriteArrayList<>();

  public FakeNode(String id) {
    this.id = id;
  }

  public FakeNode with(String connection, String user, String... subscriptions) {
    connections.add(
        new ConnectionInfo(
            connection, id, user, "sse", Duration.ofSeconds(5), 2, List.of(subscriptions)));
    return this;
  }

  @Override
  public NodeInfo node() {
    return new NodeInfo(id, "1", Instant.EPOCH, connections.size(), false);
  }

  @Override
  public List<ConnectionInfo> connections() {
    return List.copyOf(connections);
  }

  @Override
  public List<Subscriber> subscribers(Destination destination) {
    return connections.stream()
        .filter(each -> each.subscriptions().contains(destination.value()))
        .map(each -> new Subscriber(each.user(), each.id(), id))
        .toList();
  }

  @Override
  public int end(Selection selection) {
    List<ConnectionInfo> selected =
        connections.stream()
            .filter(
                each ->
                    switch (selection) {
                      case Selection.Connection(String wanted) -> each.id().equals(wanted);
                      case Selection.User(String name) -> each.user().equals(name);
                    })
            .toList();
    connections.removeAll(selected);
    return selected.size();
  }
}
