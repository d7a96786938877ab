package io.pharos.presence;

import io.pharos.message.DestinationPattern;
import io.pharos.message.UserName;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.SessionListener;
import io.pharos.session.Subscription;
import java.time.Instant;
import java.util.List;

/** Subscriptions of sessions that lead nowhere. */
final class TestSessions {
  private int sessions;

  /** A session that is not logged in yet. */
  Session session() {
    return new Session(
        "s" + sessions++,
        new Connection() {
          @Override
          public void write(List<Outgoing> batch) {}

          @Override
          public List<Outgoing> farewell(CloseReason reason) {
            return List.of();
          }

          @Override
          public void close(CloseReason reason) {}
        },
        SessionLimits.DEFAULT,
        Runnable::run,
        System::nanoTime,
        new SessionListener() {
          @Override
          public void wrote(Session session, List<Outgoing> items) {}

          @Override
          public void closed(Session session, CloseReason reason) {}

          @Override
          public void finished(Session session) {}
        });
  }

  Session session(String user) {
    Session session = session();
    session.login(new Identity(new UserName(user), Rights.NONE, Instant.MAX, null));
    return session;
  }

  static Subscription subscription(Session session, String pattern) {
    return new Subscription(session, "1", new DestinationPattern(pattern));
  }
}
