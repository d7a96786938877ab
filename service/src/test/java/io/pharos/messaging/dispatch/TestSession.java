package io.pharos.messaging.dispatch;

import io.pharos.message.UserName;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.SessionListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions over a connection that swallows everything. */
final class TestSession {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestSession() {}

  static Session of(String user) {
    Session session = withoutLogin();
    session.login(new Identity(new UserName(user), Rights.DEFAULT, Instant.MAX, null));
    return session;
  }

  static Session withoutLogin() {
    return new Session(
        "session" + COUNT.incrementAndGet(),
        new Nowhere(),
        SessionLimits.DEFAULT,
        Runnable::run,
        System::nanoTime,
        new SessionListener() {
          @Override
          public void wrote(Session session, List<Outgoing> items) {}

          @Override
          public void closed(Session session, CloseReason reason) {}
        });
  }

  private static final class Nowhere implements Connection {
    @Override
    public void write(List<Outgoing> batch) {}

    @Override
    public List<Outgoing> farewell(CloseReason reason) {
      return List.of();
    }

    @Override
    public String transport() {
      return "test";
    }

    @Override
    public void close(CloseReason reason) {}
  }
}
