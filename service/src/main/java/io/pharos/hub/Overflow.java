package io.pharos.hub;

import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import java.util.List;

/** What becomes of a destination's messages for a client that does not keep up. */
public enum Overflow {
  /**
   * They fill its outbox; when that is full, the client is cut off, and comes back with its
   * position.
   */
  DISCONNECT {
    @Override
    boolean offer(Session session, List<Outgoing> items) {
      return session.offerAll(items);
    }

    @Override
    Backlog backlog(ReplayLimits limits, PressureMetrics metrics) {
      return new BoundedBacklog(limits);
    }
  },
  /**
   * They wait until half of its outbox is free; the oldest give way, and the client is told by a
   * gap.
   */
  DROP_OLDEST {
    @Override
    boolean offer(Session session, List<Outgoing> items) {
      return session.offerIfRoom(items);
    }

    @Override
    Backlog backlog(ReplayLimits limits, PressureMetrics metrics) {
      return new DroppingBacklog(limits, message -> message, metrics);
    }
  },
  /**
   * Of those that wait until half of its outbox is free and have the same key, the newest stands
   * for all. Should there be too many keys, or messages without one, the oldest give way to a gap.
   */
  CONFLATE {
    @Override
    boolean offer(Session session, List<Outgoing> items) {
      return session.offerIfRoom(items);
    }

    @Override
    Backlog backlog(ReplayLimits limits, PressureMetrics metrics) {
      return new DroppingBacklog(limits, Overflow::key, metrics);
    }
  };

  /** Offers live messages; false when the session does not take them now. Never blocks. */
  abstract boolean offer(Session session, List<Outgoing> items);

  /** Where messages wait that the session does not take now. */
  abstract Backlog backlog(ReplayLimits limits, PressureMetrics metrics);

  /** A message without a key is the only one of its kind. */
  private static Object key(Message message) {
    String key = message.headers().get(Headers.KEY);
    return key == null ? message : key;
  }
}
