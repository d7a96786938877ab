package io.pharos.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.VirtualClock;
import io.pharos.message.UserName;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final VirtualClock clock = new VirtualClock();
  private final Sessions sessions = new Sessions(clock);
  private long nanos;

  private Session add(String id, FakeConnection connection) {
    var session =
        new Session(
            id,
            connection,
            SessionLimits.DEFAULT,
            executor,
            () -> nanos,
            new RecordingSessionListener());
    sessions.add(session);
    return session;
  }

  private static Session loggedIn(Session session) {
    session.login(new Identity(new UserName("alice"), Rights.NONE, Instant.MAX, null));
    return session;
  }

  @Test
  void sessionsAreFoundByTheirId() {
    Session one = add("1", new FakeConnection());
    Session two = add("2", new FakeConnection());

    assertThat(sessions.get("1")).isSameAs(one);
    assertThat(sessions.all()).containsExactlyInAnyOrder(one, two);
    sessions.remove(one);
    assertThat(sessions.get("1")).isNull();
    assertThat(sessions.count()).isEqualTo(1);
  }

  @Test
  void oneTickReachesEverySessionAlsoBehindOneThatFails() {
    for (int i = 0; i < 20; i++) {
      boolean odd = i % 2 == 1;
      Session session =
          add(
              Integer.toString(i),
              new FakeConnection() {
                @Override
                public List<Outgoing> farewell(CloseReason reason) {
                  if (odd) {
                    throw new IllegalStateException("as the test wants it");
                  }
                  return super.farewell(reason);
                }
              });
      session.liveness().closeAfterSilence(Duration.ofSeconds(1), CloseReason.HEARTBEAT_LOST);
    }
    nanos = Duration.ofSeconds(2).toNanos();

    sessions.tick();

    assertThat(sessions.all()).noneMatch(Session::isOpen);
  }

  @Test
  void aSessionIsLookedAtOnceATurnOrWhenItsTimeIsOver() {
    Session calm = loggedIn(add("1", new FakeConnection()));
    Session hurried = loggedIn(add("2", new FakeConnection()));
    hurried.liveness().closeAfterSilence(Duration.ofSeconds(1), CloseReason.HEARTBEAT_LOST);
    tick(1);
    calm.liveness().closeAfterSilence(Duration.ofMillis(1), CloseReason.HEARTBEAT_LOST);

    tick(4);
    assertThat(hurried.isOpen()).isTrue();
    tick(1);
    assertThat(hurried.isOpen()).isFalse();
    tick(Wheel.TURN - 6);
    assertThat(calm.isOpen()).isTrue();
    tick(1);
    assertThat(calm.isOpen()).isFalse();
  }

  @Test
  void aSessionIsLookedAtOnceASecondUntilItSaysWhoItIsAndHowOftenItWantsToHearSomething() {
    long second = Duration.ofSeconds(1).toNanos();
    Session session = add("1", new FakeConnection());
    assertThat(session.tick(clock.instant())).isEqualTo(second);

    session.liveness().closeAfterSilence(Duration.ofSeconds(10), CloseReason.LOGIN_TIMEOUT);
    loggedIn(session);
    assertThat(session.tick(clock.instant())).isEqualTo(second);

    session.liveness().allowSilence();
    assertThat(session.tick(clock.instant())).isGreaterThan(2 * second);
  }

  @Test
  void aSessionIsLookedAtWhenItsTokenExpires() {
    Session session = add("1", new FakeConnection());
    Instant end = clock.instant().plusSeconds(60);
    session.login(new Identity(new UserName("alice"), Rights.NONE, end, null));

    assertThat(session.tick(end.minusSeconds(30))).isEqualTo(Duration.ofSeconds(10).toNanos());
    assertThat(session.tick(end.minusSeconds(2))).isEqualTo(Duration.ofSeconds(2).toNanos());
    assertThat(session.tick(end)).isEqualTo(Duration.ofSeconds(30).toNanos());
    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void aSessionThatHasEndedIsLeftAlone() {
    var looks = new AtomicInteger();
    var session =
        new Session(
            "1",
            new FakeConnection(),
            SessionLimits.DEFAULT,
            executor,
            () -> {
              looks.incrementAndGet();
              return nanos;
            },
            new RecordingSessionListener());
    sessions.add(session);
    session.close(CloseReason.CLIENT_DONE);
    executor.runAll();
    sessions.tick();
    int before = looks.get();
    for (int step = 0; step < 2 * Wheel.TURN; step++) {
      sessions.tick();
    }

    assertThat(looks).hasValue(before);
  }

  /** A connection whose client's end does not show by itself. */
  private static final class Mute extends FakeConnection {
    @Override
    public boolean noticesItsEnd() {
      return false;
    }
  }

  private void tick(int steps) {
    for (int step = 0; step < steps; step++) {
      sessions.tick();
      executor.runAll();
      nanos += Sessions.STEP.toNanos();
    }
  }

  @Test
  void whoseEndDoesNotShowIsSoundedOutTwiceAndThenLeftAloneForTenSeconds() {
    var connection = new Mute();
    loggedIn(add("1", connection)).liveness().beatEvery(Duration.ofMinutes(1), Item.of(1));
    var silent = new Mute();
    add("2", silent);
    var other = new FakeConnection();
    add("3", other).liveness().beatEvery(Duration.ofMinutes(1), Item.of(1));
    nanos = Duration.ofSeconds(1).toNanos();

    sessions.soundOut();
    tick(4);
    assertThat(connection.written()).hasSize(1);
    sessions.soundOut();
    tick(36);
    assertThat(connection.written()).hasSize(2);
    tick(60);
    assertThat(connection.written()).hasSize(4);
    assertThat(silent.written()).isEmpty();
    assertThat(other.written()).isEmpty();
  }

  @Test
  void whoWasSentSomethingJustNowIsNotSoundedOut() {
    var connection = new Mute();
    Session session = loggedIn(add("1", connection));
    session.liveness().beatEvery(Duration.ofMinutes(1), Item.of(1));
    nanos = Duration.ofSeconds(1).toNanos();
    sessions.soundOut();
    for (int step = 0; step < Sounding.PARTS; step++) {
      session.offer(Item.of(2));
      executor.runAll();
      tick(1);
    }
    assertThat(connection.written()).containsOnly(Item.of(2));
  }

  @Test
  void theTickIsWatched() {
    assertThat(sessions.isTicking()).isTrue();
    clock.advance(Duration.ofSeconds(30));
    assertThat(sessions.isTicking()).isFalse();
    sessions.tick();
    assertThat(sessions.isTicking()).isTrue();
  }

  @Test
  void closingAllReachesAllAndWaitsNoLongerThanItsPatience() {
    Session one = add("1", new FakeConnection());
    Session two = add("2", new FakeConnection());

    sessions.closeAll(CloseReason.SERVER_STOPPING, Duration.ZERO);

    assertThat(one.isOpen() || two.isOpen()).isFalse();
    executor.runAll();
    assertThat(one.isFinished() && two.isFinished()).isTrue();
  }
}
