package io.pharos.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which seats are taken, and what is told of them. */
class AttendanceTest {
  private static final Destination CHAT = Destination.of("/topic/chat");

  private final Attendance attendance = new Attendance(CHAT::equals);
  private final TestSessions sessions = new TestSessions();
  private final Session ann = sessions.session("ann");
  private final Seat seat = new Seat(CHAT, "ann", ann.id());

  @Test
  void aSeatIsTakenBySubscribingAndGivenUpByTheEndOfIt() throws InterruptedException {
    Subscription subscription = open(ann, "/topic/chat");
    assertThat(take()).isEqualTo(update(1, new SeatChange(seat, true)));
    close(subscription);
    close(subscription);
    assertThat(take()).isEqualTo(update(0, new SeatChange(seat, false)));
    assertThat(take()).isEqualTo(update(0));
  }

  @Test
  void aSecondSubscriptionOfTheSessionTakesNoSecondSeat() throws InterruptedException {
    Subscription first = open(ann, "/topic/chat");
    Subscription second = open(ann, "/topic/chat");
    assertThat(take().changes()).containsExactly(new SeatChange(seat, true));
    close(first);
    assertThat(take().changes()).isEmpty();
    close(second);
    assertThat(take().changes()).containsExactly(new SeatChange(seat, false));
  }

  @Test
  void patternsOtherDestinationsAndStrangersTakeNone() throws InterruptedException {
    open(ann, "/topic/*");
    open(ann, "/topic/news");
    open(sessions.session(), "/topic/chat");
    assertThat(take()).isEqualTo(update(0));
  }

  @Test
  void aSubscriptionThatIsClosedBeforeItIsToldTakesNone() throws InterruptedException {
    Subscription subscription = TestSessions.subscription(ann, "/topic/chat");
    close(subscription);
    attendance.opened(subscription);
    assertThat(take()).isEqualTo(update(0, new SeatChange(seat, false)));
  }

  @Test
  void onlyTheLastStateIsTold() throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      close(open(ann, "/topic/chat"));
    }
    assertThat(take()).isEqualTo(update(0, new SeatChange(seat, false)));
  }

  @Test
  void whatIsPutBackIsToldAgainAsItIsByThen() throws InterruptedException {
    Subscription subscription = open(ann, "/topic/chat");
    List<SeatChange> changes = take().changes();
    close(subscription);
    attendance.putBack(changes);
    assertThat(take()).isEqualTo(update(0, new SeatChange(seat, false)));
  }

  @Test
  void everythingCanBeToldAgain() throws InterruptedException {
    open(ann, "/topic/chat");
    open(sessions.session("bob"), "/topic/chat");
    assertThat(take().changes()).hasSize(2);
    attendance.repeatAll();
    assertThat(take().changes()).hasSize(2);
  }

  @Test
  void aPartSaysThatMoreIsWaiting() throws InterruptedException {
    open(ann, "/topic/chat");
    open(sessions.session("bob"), "/topic/chat");
    assertThat(attendance.take(1, 0).seats()).isEqualTo(-1);
    assertThat(attendance.take(1, 0).seats()).isEqualTo(2);
  }

  private Subscription open(Session session, String pattern) {
    Subscription subscription = TestSessions.subscription(session, pattern);
    attendance.opened(subscription);
    return subscription;
  }

  private void close(Subscription subscription) {
    subscription.close();
    attendance.closed(subscription);
  }

  private Roster.Update take() throws InterruptedException {
    return attendance.take(100, 0);
  }

  private static Roster.Update update(int seats, SeatChange... changes) {
    return new Roster.Update(List.of(changes), seats);
  }
}
