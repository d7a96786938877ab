package io.pharos.hub;

import io.pharos.message.Destination;
import io.pharos.presence.ConnectionInfo;
import io.pharos.presence.NodeInfo;
import io.pharos.presence.NodeView;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import io.pharos.security.Identity;
import io.pharos.session.CloseReason;
import io.pharos.session.Session;
import io.pharos.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** This node's view of its own clients. */
public final class LocalNode implements NodeView {
  private final String id;
  private final String version;
  private final Instant startedAt;
  private final Sessions sessions;
  private final Hub hub;
  private final Drain drain;

  public LocalNode(
      String id, String version, Instant startedAt, Sessions sessions, Hub hub, Drain drain) {
    this.id = id;
    this.version = version;
    this.startedAt = startedAt;
    this.sessions = sessions;
    this.hub = hub;
    this.drain = drain;
  }

  @Override
  public NodeInfo node() {
    return new NodeInfo(id, version, startedAt, sessions.count(), drain.isDraining());
  }

  @Override
  public List<ConnectionInfo> connections() {
    return sessions.all().stream().filter(Session::isOpen).map(this::connection).toList();
  }

  @Override
  public List<Subscriber> subscribers(Destination destination) {
    return hub.subscribers(destination)
        .map(session -> new Subscriber(session.identity().user().value(), session.id(), id))
        .toList();
  }

  @Override
  public int end(Selection selection) {
    List<Session> selected = select(selection).filter(Session::isOpen).toList();
    selected.forEach(session -> session.close(CloseReason.KICKED));
    return selected.size();
  }

  private Stream<Session> select(Selection selection) {
    return switch (selection) {
      case Selection.Connection(String wanted) -> Stream.ofNullable(sessions.get(wanted));
      case Selection.User(String name) ->
          sessions.all().stream().filter(session -> userOf(session).equals(name));
    };
  }

  private ConnectionInfo connection(Session session) {
    return new ConnectionInfo(
        session.id(),
        id,
        userOf(session),
        session.transport(),
        session.age(),
        session.backlog(),
        hub.subscriptionsOf(session));
  }

  private static String userOf(Session session) {
    Identity identity = session.identityOrNull();
    return identity == null ? "" : identity.user().value();
  }
}
