package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Position;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventPostTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<SessionEvent> told = new ArrayList<>();
  private final SessionBook book = new SessionBook();
  private final EventPost post = post(tasks::add);
  private final Session session = TestSession.of("ann");
  private final Subscription subscription = subscription("1", "/topic/a");

  private EventPost post(Executor executor) {
    return new EventPost(book, executor, told::add);
  }

  private Subscription subscription(String id, String pattern) {
    return new Subscription(session, id, new DestinationPattern(pattern));
  }

  private Gap gap() {
    return new Gap(subscription, Destination.of("/topic/a"), new Position("e", 7), "lost");
  }

  private void runAll() {
    for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
      next.run();
    }
  }

  @Test
  void nobodyWaitsForAnObserver() {
    post.connected(session);

    assertThat(told).isEmpty();
    runAll();
    assertThat(told).containsExactly(new SessionConnected(book.of(session)));
  }

  @Test
  void eventsSayWhatHasHappened() {
    var seen = book.of(session);
    post.connected(session);
    post.subscribed(subscription);
    post.subscribed(subscription("\0/user/ann/queue/x", "/user/ann/queue/x"));
    post.missed(gap());
    post.disconnected(session, CloseReason.KICKED);
    runAll();

    assertThat(told)
        .containsExactly(
            new SessionConnected(seen),
            new SessionSubscribed(seen, "1", "/topic/a"),
            new SessionSubscribed(seen, "", "/user/ann/queue/x"),
            new SubscriptionGap(seen, "1", "/topic/a", "e-7", "lost"),
            new SessionDisconnected(seen, "KICKED", "An administrator ended the session"));
    assertThat(seen.user()).isEqualTo("ann");
    assertThat(seen.id()).isEqualTo(session.id());
  }

  @ParameterizedTest
  @EnumSource
  void endOfASessionIsToldOnceAndItsKindBefore(CloseReason reason) {
    post.connected(session);
    post.disconnected(session, reason);
    runAll();

    var disconnected = new SessionDisconnected(book.of(session), reason.name(), reason.text());
    assertThat(told).last().isEqualTo(disconnected);
    List<SessionEvent> between = told.subList(1, told.size() - 1);
    switch (reason) {
      case SLOW_CONSUMER, WRITE_STALLED ->
          assertThat(between).containsExactly(new SessionSlow(book.of(session), reason.text()));
      case TOKEN_EXPIRED ->
          assertThat(between).containsExactly(new SessionExpired(book.of(session)));
      default -> assertThat(between).isEmpty();
    }
  }

  @Test
  void sessionThatNeverLoggedInIsNotToldOf() {
    post.disconnected(TestSession.withoutLogin(), CloseReason.LOGIN_TIMEOUT);
    runAll();

    assertThat(told).isEmpty();
  }

  @Test
  void sessionThatEndsBeforeItsLoginIsReportedIsNotToldOf() {
    post.disconnected(session, CloseReason.CONNECTION_LOST);
    post.connected(session);
    post.subscribed(subscription);
    runAll();

    assertThat(told).isEmpty();
  }

  @Test
  void nothingIsToldAfterTheEnd() {
    post.connected(session);
    post.disconnected(session, CloseReason.CLIENT_DONE);
    post.subscribed(subscription);
    post.missed(gap());
    post.disconnected(session, CloseReason.KICKED);
    runAll();

    assertThat(told).hasSize(2);
  }

  @Test
  void observersThatFallBehindMissSubscriptionsAndGapsAlone() {
    post.connected(session);
    for (int i = 0; i < 2 * Mailbox.CAPACITY; i++) {
      post.subscribed(subscription);
    }
    post.missed(gap());
    post.disconnected(session, CloseReason.SLOW_CONSUMER);
    runAll();

    assertThat(told).hasSize(Mailbox.CAPACITY + 2);
    assertThat(told).endsWith(lastOf(CloseReason.SLOW_CONSUMER));
  }

  private SessionEvent[] lastOf(CloseReason reason) {
    return new SessionEvent[] {
      new SessionSlow(book.of(session), reason.text()),
      new SessionDisconnected(book.of(session), reason.name(), reason.text())
    };
  }

  @Test
  void failureToTellDoesNotKeepTheNextEventFromBeingTold() {
    var failing =
        new EventPost(
            book,
            tasks::add,
            event -> {
              told.add(event);
              throw new IllegalStateException("for the log: this test wants it");
            });
    failing.connected(session);
    failing.disconnected(session, CloseReason.CLIENT_DONE);
    runAll();

    assertThat(told).hasSize(2);
  }
}
