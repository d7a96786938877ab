package io.pharos.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.PharosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How changes get to the roster. */
@Timeout(300)
class AnnouncerTest {
  private final Attendance attendance = new Attendance(destination -> true);
  private final TestSessions sessions = new TestSessions();
  private final BlockingQueue<SeatChange> told = new LinkedBlockingQueue<>();
  private final Queue<Supplier<Roster.Outcome>> troubles = new ConcurrentLinkedQueue<>();
  private final Announcer announcer = new Announcer(attendance, this::update);

  @Test
  void whatChangesIsToldByItself() throws InterruptedException {
    announcer.start();
    subscribe("ann");
    assertThat(next()).isEqualTo("ann");
    announcer.close();
  }

  @Test
  void whatCouldNotBeToldIsToldLater() throws InterruptedException {
    troubles.add(
        () -> {
          throw new PharosException(PharosException.Code.UNAVAILABLE, "away");
        });
    troubles.add(
        () -> {
          throw new IllegalStateException("a fault");
        });
    subscribe("ann");
    announcer.start();
    assertThat(next()).isEqualTo("ann");
    announcer.close();
  }

  @Test
  void aRosterThatForgotIsToldEverything() throws InterruptedException {
    announcer.start();
    subscribe("ann");
    assertThat(next()).isEqualTo("ann");
    troubles.add(() -> Roster.Outcome.FORGOTTEN);
    subscribe("bob");
    assertThat(List.of(next(), next())).containsExactlyInAnyOrder("ann", "bob");
    announcer.close();
  }

  @Test
  void whatIsLeftIsToldBeforeTheEnd() throws InterruptedException {
    announcer.start();
    for (int i = 0; i < 1000; i++) {
      subscribe("u" + i);
    }
    announcer.close();
    // Closing waits for a bounded time; a thread that is slow goes on.
    for (int i = 0; i < 1000; i++) {
      assertThat(next()).isNotEqualTo("nobody");
    }
    assertThat(told).isEmpty();
  }

  private Roster.Outcome update(Roster.Update update) {
    Supplier<Roster.Outcome> trouble = update.changes().isEmpty() ? null : troubles.poll();
    if (trouble != null) {
      return trouble.get();
    }
    told.addAll(new ArrayList<>(update.changes()));
    return Roster.Outcome.STORED;
  }

  private void subscribe(String user) {
    attendance.opened(TestSessions.subscription(sessions.session(user), "/topic/chat"));
  }

  private String next() throws InterruptedException {
    SeatChange change = told.poll(60, TimeUnit.SECONDS);
    return change == null ? "nobody" : change.seat().user();
  }
}
