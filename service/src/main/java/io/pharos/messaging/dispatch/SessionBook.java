package io.pharos.messaging.dispatch;

import io.pharos.messaging.PushSession;
import io.pharos.session.Session;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sessions that the application has seen, with what it keeps with them. */
final class SessionBook {
  private record Seen(String id, String user, ConcurrentMap<String, Object> attributes)
      implements PushSession {}

  private final Map<Session, PushSession> seen = Collections.synchronizedMap(new WeakHashMap<>());

  PushSession of(Session session) {
    return seen.computeIfAbsent(
        session,
        each -> new Seen(each.id(), each.identity().user().value(), new ConcurrentHashMap<>(2)));
  }
}
