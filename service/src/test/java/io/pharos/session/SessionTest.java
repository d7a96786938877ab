package io.pharos.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import io.pharos.session.FakeConnection.Farewell;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final SessionLimits LIMITS = new SessionLimits(4, 1000, TIMEOUT);
  private static final Item BEAT = new Item(-1, 1);

  private final ManualExecutor executor = new ManualExecutor();
  private final FakeConnection connection = new FakeConnection();
  private final RecordingSessionListener listener = new RecordingSessionListener();
  private long nanos = -42;
  private final Session session = session(connection);

  private Session session(Connection under) {
    return new Session("s1", under, LIMITS, executor, () -> nanos, listener);
  }

  private void advance(Duration time) {
    nanos += time.toNanos();
    session.tick(NOW);
  }

  private static Identity identity(Instant expiresAt) {
    return new Identity(new UserName("alice"), Rights.NONE, expiresAt, null);
  }

  private static List<Item> items(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Item::of).toList();
  }

  @Test
  void offeringNeverWritesItself() {
    assertThat(session.offer(Item.of(1))).isTrue();

    assertThat(connection.writes()).isEmpty();
    assertThat(session.backlog()).isEqualTo(1);
    executor.runAll();
    assertThat(connection.writes()).containsExactly(List.of(Item.of(1)));
    assertThat(session.backlog()).isZero();
    assertThat(listener.wrote()).isEqualTo(1);
  }

  @Test
  void whatIsOfferedWhileAWriteIsOnItsWayLeavesInOneWrite() {
    var busy =
        new FakeConnection() {
          @Override
          public void write(List<Outgoing> batch) throws IOException {
            super.write(batch);
            if (batch.contains(Item.of(1))) {
              assertThat(offerThree()).isTrue();
            }
          }

          private boolean offerThree() {
            return owner().offer(Item.of(2)) && owner().offerAll(List.of(Item.of(3), Item.of(4)));
          }
        };
    owner = session(busy);
    owner().offer(Item.of(1));

    executor.runAll();

    assertThat(busy.writes())
        .containsExactly(List.of(Item.of(1)), List.of(Item.of(2), Item.of(3), Item.of(4)));
  }

  private Session owner = session;

  private Session owner() {
    return owner;
  }

  @Test
  void oneWriteIsBoundedInBytes() {
    var large = new SessionLimits(10, 1 << 20, TIMEOUT);
    var wide = new Session("s2", connection, large, executor, () -> nanos, listener);
    wide.offerAll(List.of(new Item(1, 40_000), new Item(2, 40_000), new Item(3, 200_000)));

    executor.runAll();

    assertThat(connection.writes().stream().map(List::size)).containsExactly(1, 1, 1);
  }

  @Test
  void aClientThatDoesNotKeepUpIsToldAndCutOff() {
    for (Item item : items(4)) {
      assertThat(session.offer(item)).isTrue();
    }

    assertThat(session.offer(Item.of(5))).isFalse();

    assertThat(session.isOpen()).isFalse();
    assertThat(session.backlog()).as("the farewell alone").isEqualTo(1);
    assertThat(session.offer(Item.of(6))).isFalse();
    executor.runAll();
    assertThat(connection.written()).containsExactly(new Farewell(CloseReason.SLOW_CONSUMER));
    assertThat(connection.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
    assertThat(listener.closed()).containsExactly(CloseReason.SLOW_CONSUMER);
    assertThat(session.isFinished()).isTrue();
  }

  @Test
  void aBatchBeyondTheOutboxIsNoFaultOfAClientThatHasReadEverything() {
    assertThat(session.offerAll(items(9))).isTrue();

    assertThat(session.isOpen()).isTrue();
    assertThat(session.offer(Item.of(10))).isFalse();
    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void aBatchThatDoesNotFitBehindWhatWaitsCutsTheClientOff() {
    session.offer(Item.of(0));

    assertThat(session.offerAll(items(4))).isFalse();

    executor.runAll();
    assertThat(listener.closed()).containsExactly(CloseReason.SLOW_CONSUMER);
  }

  private Session graceful(Connection under) {
    var limits = new SessionLimits(4, 1000, TIMEOUT, TIMEOUT, Duration.ofSeconds(1));
    return new Session("s1", under, limits, executor, () -> nanos, listener);
  }

  @Test
  void aBurstThatTheWriterHasNotComeToIsBoundedInBytesAlone() {
    Session reading = graceful(connection);
    for (Item item : items(100)) {
      assertThat(reading.offer(item)).isTrue();
    }

    assertThat(reading.offer(Item.of(101))).isFalse();

    executor.runAll();
    assertThat(listener.closed()).containsExactly(CloseReason.SLOW_CONSUMER);
  }

  @Test
  void aClientThatReadsIsGivenMoreMessagesThanOneThatKeepsAWriteWaiting() {
    var taken = new ArrayList<Boolean>();
    var slow =
        new FakeConnection() {
          @Override
          public void write(List<Outgoing> batch) throws IOException {
            super.write(batch);
            if (batch.contains(Item.of(0))) {
              nanos += Duration.ofSeconds(1).toNanos() - 1;
              items(5).forEach(item -> taken.add(owner().offer(item)));
              nanos += 2;
              taken.add(owner().offer(Item.of(6)));
            }
          }
        };
    owner = graceful(slow);
    owner().offer(Item.of(0));

    executor.runAll();

    assertThat(taken).containsExactly(true, true, true, true, true, false);
    assertThat(slow.written()).containsExactly(Item.of(0), new Farewell(CloseReason.SLOW_CONSUMER));
  }

  @Test
  void afterASlowWriteTheGraceBeginsAnew() {
    var recovering =
        new FakeConnection() {
          @Override
          public void write(List<Outgoing> batch) throws IOException {
            super.write(batch);
            if (batch.contains(Item.of(0))) {
              nanos += Duration.ofSeconds(2).toNanos();
              items(4).forEach(item -> assertThat(owner().offer(item)).isTrue());
            } else if (batch.contains(Item.of(1))) {
              for (int number = 5; number <= 9; number++) {
                assertThat(owner().offer(Item.of(number))).isTrue();
              }
              owner().close(CloseReason.CLIENT_DONE);
            }
          }
        };
    owner = graceful(recovering);
    owner().offer(Item.of(0));

    executor.runAll();

    assertThat(recovering.written()).hasSize(1 + 9 + 1);
    assertThat(listener.closed()).containsExactly(CloseReason.CLIENT_DONE);
  }

  @Test
  void offeringNothingWakesNobody() {
    assertThat(session.offerAll(List.of())).isTrue();

    assertThat(executor.isIdle()).isTrue();
  }

  @Test
  void answersPassTheBounds() {
    for (int i = 0; i < 8; i++) {
      session.answer(Item.of(i));
    }

    executor.runAll();
    assertThat(connection.written()).hasSize(8);
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void closingWritesWhatIsQueuedThenTheFarewellThenCloses() {
    session.offerAll(items(2));

    session.close(CloseReason.KICKED);
    session.close(CloseReason.SERVER_STOPPING);
    session.answer(Item.of(3));

    assertThat(session.isOpen()).isFalse();
    assertThat(connection.closes()).isEmpty();
    executor.runAll();
    assertThat(connection.written())
        .containsExactly(Item.of(1), Item.of(2), new Farewell(CloseReason.KICKED));
    assertThat(connection.closes()).containsExactly(CloseReason.KICKED);
    assertThat(listener.closed()).containsExactly(CloseReason.KICKED);
    assertThat(listener.finished()).isEqualTo(1);
    assertThat(executor.isIdle()).isTrue();
  }

  @Test
  void aTransportThatIsGoneIsWrittenNothing() {
    session.offer(Item.of(1));

    session.disconnected(CloseReason.CONNECTION_LOST);
    session.disconnected(CloseReason.CLIENT_DONE);
    executor.runAll();

    assertThat(connection.writes()).isEmpty();
    assertThat(connection.closes()).containsExactly(CloseReason.CONNECTION_LOST);
    assertThat(listener.closed()).containsExactly(CloseReason.CONNECTION_LOST);
    assertThat(listener.finished()).isEqualTo(1);
    assertThat(session.backlog()).isZero();
  }

  @Test
  void whatCannotBeSettledAfterAWriteEndsTheSessionWithTheReason() {
    connection.failOnceWith(
        new PharosException(PharosException.Code.UNAVAILABLE, "the broker is away"));
    session.offer(Item.of(1));

    executor.runAll();

    assertThat(connection.written()).containsExactly(new Farewell(CloseReason.UNAVAILABLE));
    assertThat(listener.closed()).containsExactly(CloseReason.UNAVAILABLE);
    assertThat(connection.closes()).containsExactly(CloseReason.UNAVAILABLE);
    assertThat(session.isFinished()).isTrue();
  }

  @Test
  void whatCannotBeSettledWhileTheSessionEndsLeavesItsLastWords() {
    var busy =
        new FakeConnection() {
          @Override
          public void write(List<Outgoing> batch) throws IOException {
            super.write(batch);
            if (batch.contains(Item.of(1))) {
              owner().close(CloseReason.KICKED);
              throw new PharosException(PharosException.Code.UNAVAILABLE, "the broker is away");
            }
          }
        };
    owner = session(busy);
    owner().offer(Item.of(1));

    executor.runAll();

    assertThat(busy.written()).containsExactly(Item.of(1), new Farewell(CloseReason.KICKED));
    assertThat(busy.closes()).containsExactly(CloseReason.KICKED);
  }

  @Test
  void aFailedWriteEndsTheSessionAndIsNotCounted() {
    connection.failWith(new IOException("gone"));
    session.offer(Item.of(1));

    executor.runAll();

    assertThat(listener.closed()).containsExactly(CloseReason.CONNECTION_LOST);
    assertThat(connection.closes()).containsExactly(CloseReason.CONNECTION_LOST);
    assertThat(listener.wrote()).isZero();
    assertThat(session.isFinished()).isTrue();
  }

  @Test
  void aWriteThatTheContainerGivesUpWhenItsTimeIsOverHasStalled() {
    var givesUp =
        new FakeConnection() {
          @Override
          public void write(List<Outgoing> batch) throws IOException {
            nanos += TIMEOUT.toNanos();
            throw new IOException("given up");
          }
        };
    Session stalled = session(givesUp);
    stalled.offer(Item.of(1));

    executor.runAll();

    assertThat(listener.closed()).containsExactly(CloseReason.WRITE_STALLED);
    assertThat(givesUp.closes()).containsExactly(CloseReason.WRITE_STALLED);
  }

  @Test
  void anEncodersFaultEndsTheSession() {
    connection.failWith(new IllegalStateException("as the test wants it"));
    session.offer(Item.of(1));

    executor.runAll();

    assertThat(listener.closed()).containsExactly(CloseReason.SERVER_ERROR);
    assertThat(connection.closes()).containsExactly(CloseReason.SERVER_ERROR);
    assertThat(listener.wrote()).isZero();
  }

  @Test
  void aFarewellThatFailsDoesNotKeepTheSession() {
    var rude =
        new FakeConnection() {
          @Override
          public List<Outgoing> farewell(CloseReason reason) {
            throw new IllegalStateException("as the test wants it");
          }
        };
    Session failing = session(rude);
    failing.offer(Item.of(1));

    failing.close(CloseReason.KICKED);
    executor.runAll();

    assertThat(rude.written()).containsExactly(Item.of(1));
    assertThat(rude.closes()).containsExactly(CloseReason.KICKED);
    assertThat(listener.closed()).containsExactly(CloseReason.KICKED);
    assertThat(failing.isFinished()).isTrue();
  }

  @Test
  void aBeatGoesOutWhenNothingElseDid() {
    session.liveness().beatEvery(Duration.ofSeconds(25), BEAT);
    advance(Duration.ofSeconds(15));
    session.offer(Item.of(1));
    executor.runAll();

    advance(Duration.ofSeconds(21));
    executor.runAll();
    assertThat(connection.written()).containsExactly(Item.of(1));

    advance(Duration.ofSeconds(1));
    session.tick(NOW);
    executor.runAll();
    assertThat(connection.written()).containsExactly(Item.of(1), BEAT);

    advance(Duration.ofSeconds(22));
    executor.runAll();
    assertThat(connection.written()).containsExactly(Item.of(1), BEAT, BEAT);
  }

  @Test
  void shortBeatsLeaveAtHalfTheirInterval() {
    session.liveness().beatEvery(Duration.ofSeconds(2), BEAT);

    advance(Duration.ofMillis(999));
    executor.runAll();
    assertThat(connection.written()).isEmpty();
    advance(Duration.ofMillis(1));
    executor.runAll();
    assertThat(connection.written()).containsExactly(BEAT);
  }

  @Test
  void aBeatIsLookedForWhenItIsDue() {
    session.login(identity(NOW.plus(Duration.ofDays(1))));
    session.liveness().beatEvery(Duration.ofSeconds(25), BEAT);
    advance(Duration.ofSeconds(21));

    assertThat(session.tick(NOW)).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void afterABeatItIsTimeForTheNextOne() {
    session.login(identity(NOW.plus(Duration.ofDays(1))));
    session.liveness().beatEvery(Duration.ofSeconds(6), BEAT);
    nanos += Duration.ofSeconds(3).toNanos();

    assertThat(session.tick(NOW)).isEqualTo(Duration.ofSeconds(3).toNanos());
    executor.runAll();
    assertThat(connection.written()).containsExactly(BEAT);
  }

  @Test
  void silenceIsLookedForWhenItHasLastedForTooLong() {
    session.login(identity(NOW.plus(Duration.ofDays(1))));
    session.liveness().closeAfterSilence(Duration.ofSeconds(5), CloseReason.HEARTBEAT_LOST);
    nanos += Duration.ofSeconds(2).toNanos();
    assertThat(session.tick(NOW)).isEqualTo(Duration.ofSeconds(3).toNanos());

    session.liveness().received(nanos);
    assertThat(session.tick(NOW)).isEqualTo(Duration.ofSeconds(5).toNanos());

    session.liveness().allowSilence();
    nanos += Duration.ofSeconds(4).toNanos();
    assertThat(session.tick(NOW)).isEqualTo(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void whatComesBeforeABeatIsWrittenTakesItsPlace() {
    session.liveness().beatEvery(Duration.ofSeconds(2), BEAT);
    advance(Duration.ofSeconds(1));
    session.offer(Item.of(1));
    executor.runAll();

    assertThat(connection.written()).containsExactly(Item.of(1));
  }

  @Test
  void theEndTakesTheBeatsPlaceAsWell() {
    session.liveness().beatEvery(Duration.ofSeconds(2), BEAT);
    advance(Duration.ofSeconds(1));
    session.close(CloseReason.KICKED);
    executor.runAll();

    assertThat(connection.written()).containsExactly(new Farewell(CloseReason.KICKED));
    assertThat(connection.closes()).containsExactly(CloseReason.KICKED);
  }

  @Test
  void noBeatGoesToAConnectionThatIsGone() {
    session.liveness().beatEvery(Duration.ofSeconds(2), BEAT);
    advance(Duration.ofSeconds(1));
    session.disconnected(CloseReason.CONNECTION_LOST);
    executor.runAll();

    assertThat(connection.written()).isEmpty();
    assertThat(session.isFinished()).isTrue();
  }

  @Test
  void noBeatFollowsTheEnd() {
    session.liveness().beatEvery(Duration.ofSeconds(2), BEAT);
    session.close(CloseReason.KICKED);

    advance(Duration.ofSeconds(5));
    executor.runAll();

    assertThat(connection.written()).containsExactly(new Farewell(CloseReason.KICKED));
  }

  @Test
  void silenceEndsTheSessionForItsReason() {
    session.liveness().closeAfterSilence(Duration.ofSeconds(5), CloseReason.LOGIN_TIMEOUT);
    advance(Duration.ofSeconds(5));
    assertThat(session.isOpen()).isTrue();
    session.liveness().received(nanos);
    advance(Duration.ofSeconds(5));
    assertThat(session.isOpen()).isTrue();

    advance(Duration.ofNanos(1));
    executor.runAll();

    assertThat(listener.closed()).containsExactly(CloseReason.LOGIN_TIMEOUT);
    assertThat(connection.written()).containsExactly(new Farewell(CloseReason.LOGIN_TIMEOUT));
  }

  @Test
  void silenceMayBeAllowedAgain() {
    session.liveness().closeAfterSilence(Duration.ofSeconds(5), CloseReason.LOGIN_TIMEOUT);
    session.liveness().allowSilence();

    advance(Duration.ofDays(10));

    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void sendingIsNotHearing() {
    session.liveness().closeAfterSilence(Duration.ofSeconds(5), CloseReason.HEARTBEAT_LOST);
    advance(Duration.ofSeconds(5));
    session.offer(Item.of(1));
    executor.runAll();

    advance(Duration.ofSeconds(1));

    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void theSessionEndsWhenItsTokenDoes() {
    session.login(identity(NOW));

    session.tick(NOW.minusMillis(1));
    assertThat(session.isOpen()).isTrue();
    session.tick(NOW);
    executor.runAll();

    assertThat(listener.closed()).containsExactly(CloseReason.TOKEN_EXPIRED);
  }

  @Test
  void aClientLogsInOnce() {
    assertThat(session.identityOrNull()).isNull();
    assertThatIllegalStateException().isThrownBy(session::identity);
    session.login(identity(NOW));

    assertThat(session.identity()).isEqualTo(identity(NOW));
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> session.login(identity(NOW.plusSeconds(1))));
    assertThat(session.identity()).isEqualTo(identity(NOW));
  }

  @Test
  void aClosingSessionWhoseWriterNeverGetsToItIsGivenUp() {
    session.offer(Item.of(1));
    session.close(CloseReason.SERVER_STOPPING);

    advance(TIMEOUT);
    assertThat(session.isFinished()).isFalse();
    advance(Duration.ofNanos(1));

    assertThat(session.isFinished()).isTrue();
    executor.runAll();
    assertThat(connection.writes()).isEmpty();
    assertThat(connection.closes()).containsExactly(CloseReason.SERVER_STOPPING);
    assertThat(listener.finished()).isEqualTo(1);
  }

  @Test
  void anActionForTheEndRunsOnceWheneverItIsGiven() {
    var ran = new int[2];
    session.whenClosed(() -> ran[0]++);
    session.close(CloseReason.KICKED);
    session.close(CloseReason.KICKED);
    executor.runAll();
    assertThat(ran).containsExactly(1, 0);

    session.whenClosed(() -> ran[1]++);
    executor.runAll();
    assertThat(ran).containsExactly(1, 1);
  }
}
