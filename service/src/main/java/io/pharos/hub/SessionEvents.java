package io.pharos.hub;

import io.pharos.session.CloseReason;
import io.pharos.session.Gap;
import io.pharos.session.Session;
import io.pharos.session.Subscription;

/**
 * Learns for the application what becomes of sessions. Called from any thread, also from several at
 * once; must neither block nor throw.
 */
public interface SessionEvents {
  /** Nobody wants to know. */
  SessionEvents NONE =
      new SessionEvents() {
        @Override
        public void connected(Session session) {}

        @Override
        public void subscribed(Subscription subscription) {}

        @Override
        public void missed(Gap gap) {}

        @Override
        public void disconnected(Session session, CloseReason reason) {}
      };

  /** A session has logged in. */
  void connected(Session session);

  /** A subscription was opened at the broker; its first message may be on its way. */
  void subscribed(Subscription subscription);

  /** A client was told that it has missed messages. */
  void missed(Gap gap);

  /** A session has ended, perhaps without ever having logged in. Called once. */
  void disconnected(Session session, CloseReason reason);
}
