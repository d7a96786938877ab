package io.pharos.session;

import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The sessions of this node: one clock ticks for all of them, so that a session costs no timer. */
public final class Sessions {
  private final ConcurrentMap<String, Session> open = new ConcurrentHashMap<>();
  private final Clock clock;

  public Sessions(Clock clock) {
    this.clock = clock;
  }

  public void add(Session session) {
    open.put(session.id(), session);
  }

  public void remove(Session session) {
    open.remove(session.id(), session);
  }

  public @Nullable Session get(String id) {
    return open.get(id);
  }

  public Collection<Session> all() {
    return open.values();
  }

  public int count() {
    return open.size();
  }

  /** Lets every session look at the clocks. To be called some times a second. */
  public void tick() {
    var now = clock.instant();
    open.values().forEach(session -> session.tick(now));
  }

  /** Ends every session. Never blocks. */
  public void closeAll(CloseReason reason) {
    open.values().forEach(session -> session.close(reason));
  }
}
