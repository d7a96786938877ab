package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.DestinationPattern;
import io.pharos.messaging.SessionConnected;
import io.pharos.messaging.SessionDisconnected;
import io.pharos.messaging.SessionEvent;
import io.pharos.messaging.SessionSubscribed;
import io.pharos.session.CloseReason;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Two sessions' events, reported in any order and told at any time. */
class EventOrderPropertyTest {
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<SessionEvent> told = new ArrayList<>();
  private final EventPost post = new EventPost(new SessionBook(), tasks::add, told::add);
  private final List<Session> sessions = List.of(TestSession.of("ann"), TestSession.of("bob"));
  private int subscriptions;

  /** Reports something of a session, or lets the observers of the longest waiting one work. */
  private void step(int choice) {
    Session session = sessions.get(choice % 2);
    switch (choice / 2) {
      case 0 -> post.connected(session);
      case 1 -> post.disconnected(session, CloseReason.CLIENT_DONE);
      case 2 -> work();
      default ->
          post.subscribed(
              new Subscription(
                  session, Integer.toString(subscriptions++), new DestinationPattern("/topic/a")));
    }
  }

  private void work() {
    if (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }

  @Property
  void eachSessionBeginsOnceEndsOnceAndKeepsItsOrder(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9) Integer> steps) {
    steps.forEach(this::step);
    while (!tasks.isEmpty()) {
      work();
    }

    for (Session session : sessions) {
      List<SessionEvent> own =
          told.stream().filter(each -> each.session().id().equals(session.id())).toList();
      assertThat(own.stream().filter(SessionConnected.class::isInstance).count())
          .isEqualTo(own.isEmpty() ? 0 : 1);
      if (!own.isEmpty()) {
        assertThat(own.getFirst()).isInstanceOf(SessionConnected.class);
      }
      assertThat(own.stream().filter(SessionDisconnected.class::isInstance).map(own::indexOf))
          .allMatch(index -> index == own.size() - 1);
      assertThat(
              own.stream()
                  .filter(SessionSubscribed.class::isInstance)
                  .map(each -> Integer.valueOf(((SessionSubscribed) each).subscription())))
          .isSorted();
    }
  }
}
