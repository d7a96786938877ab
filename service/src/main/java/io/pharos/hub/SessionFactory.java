package io.pharos.hub;

import io.pharos.admission.Ticket;
import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Gap;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.SessionListener;
import io.pharos.session.Sessions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Opens sessions on this node and sees to it that nothing is left of one that has ended. */
public final class SessionFactory {
  private final Sessions sessions;
  private final Hub hub;
  private final SessionLimits limits;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final Metrics metrics;
  private final SessionEvents events;

  public SessionFactory(
      Sessions sessions,
      Hub hub,
      SessionLimits limits,
      Executor executor,
      LongSupplier nanoTime,
      Metrics metrics) {
    this(sessions, hub, limits, executor, nanoTime, metrics, SessionEvents.NONE);
  }

  public SessionFactory(
      Sessions sessions,
      Hub hub,
      SessionLimits limits,
      Executor executor,
      LongSupplier nanoTime,
      Metrics metrics,
      SessionEvents events) {
    this.sessions = sessions;
    this.hub = hub;
    this.limits = limits;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.events = events;
  }

  /** Opens a session that nobody counts over a connection that is ready to be written to. */
  public Session open(Connection connection) {
    return open(connection, Ticket.UNCOUNTED);
  }

  /**
   * Opens a session over a connection that is ready to be written to.
   *
   * @param ticket the connection's place; given up once the connection is closed, or given up on
   */
  public Session open(Connection connection, Ticket ticket) {
    var session =
        new Session(
            UUID.randomUUID().toString(),
            connection,
            limits,
            executor,
            nanoTime,
            new Watch(this, ticket));
    sessions.add(session);
    metrics.sessionOpened();
    return session;
  }

  /** What is due when something becomes of one session. */
  private record Watch(SessionFactory factory, Ticket ticket) implements SessionListener {
    @Override
    public void loggedIn(Session session) {
      factory.events.connected(session);
    }

    @Override
    public void wrote(Session session, List<Outgoing> items) {
      factory.metrics.delivered(items.size());
      for (Outgoing item : items) {
        if (item instanceof Gap gap) {
          factory.events.missed(gap);
        }
      }
    }

    @Override
    public void closed(Session session, CloseReason reason) {
      ticket.logout();
      factory.hub.release(session);
      factory.metrics.sessionClosed(reason);
      factory.events.disconnected(session, reason);
    }

    /**
     * Only now: until then the clock must go on ticking, so that a write that hangs is given up.
     */
    @Override
    public void finished(Session session) {
      factory.sessions.remove(session);
      ticket.close();
    }
  }
}
