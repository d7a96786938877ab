package io.pharos.messaging.dispatch;

import io.pharos.hub.SessionEvents;
import io.pharos.messaging.PushSession;
import io.pharos.messaging.SessionConnected;
import io.pharos.messaging.SessionDisconnected;
import io.pharos.messaging.SessionEvent;
import io.pharos.messaging.SessionExpired;
import io.pharos.messaging.SessionSlow;
import io.pharos.messaging.SessionSubscribed;
import io.pharos.messaging.SubscriptionGap;
import io.pharos.session.CloseReason;
import io.pharos.session.Gap;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Brings what becomes of sessions to the application's observers, without ever waiting for one. */
public final class EventPost implements SessionEvents {
  private final SessionBook book;
  private final Executor executor;
  private final Observers observers;
  private final Map<Session, Mailbox> boxes = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param executor runs observers, which may block: a virtual thread a task
   */
  public EventPost(SessionBook book, Executor executor, Observers observers) {
    this.book = book;
    this.executor = executor;
    this.observers = observers;
  }

  @Override
  public void connected(Session session) {
    post(session, SessionConnected::new);
  }

  @Override
  public void subscribed(Subscription subscription) {
    post(
        subscription.session(),
        seen -> new SessionSubscribed(seen, nameOf(subscription), subscription.pattern().value()));
  }

  @Override
  public void missed(Gap gap) {
    post(
        gap.subscription().session(),
        seen ->
            new SubscriptionGap(
                seen,
                nameOf(gap.subscription()),
                gap.destination().value(),
                gap.position().toString(),
                gap.reason()));
  }

  @Override
  public void disconnected(Session session, CloseReason reason) {
    switch (reason) {
      case SLOW_CONSUMER, WRITE_STALLED ->
          post(session, seen -> new SessionSlow(seen, reason.text()));
      case TOKEN_EXPIRED -> post(session, SessionExpired::new);
      default -> {}
    }
    post(session, seen -> new SessionDisconnected(seen, reason.name(), reason.text()));
  }

  /** Of a session that has not logged in there is nothing to tell. */
  private void post(Session session, Function<PushSession, SessionEvent> event) {
    if (session.identityOrNull() != null) {
      boxes
          .computeIfAbsent(session, each -> new Mailbox(executor, observers))
          .post(event.apply(book.of(session)));
    }
  }

  /** Subscriptions that their client gave no name are called by what no client can say. */
  private static String nameOf(Subscription subscription) {
    return subscription.id().startsWith("\0") ? "" : subscription.id();
  }
}
