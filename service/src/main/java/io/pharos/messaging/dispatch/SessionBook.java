package io.pharos.messaging.dispatch;

import io.pharos.messaging.PushSession;
import io.pharos.session.Session;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The sessions that the application has seen, with what it keeps with them. */
public final class SessionBook {
  private record Seen(
      String id, String user, String transport, ConcurrentMap<String, Object> attributes)
      implements PushSession {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Seen seen && seen.id.equals(id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }

    @Override
    public String toString() {
      return id + " of " + user;
    }
  }

  private final Map<Session, PushSession> seen = Collections.synchronizedMap(new WeakHashMap<>());

  PushSession of(Session session) {
    return seen.computeIfAbsent(
        session,
        each ->
            new Seen(
                each.id(),
                each.identity().user().value(),
                each.transport(),
                new ConcurrentHashMap<>(2)));
  }
}
