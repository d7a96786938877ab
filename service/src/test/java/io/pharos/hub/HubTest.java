package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Delivery;
import io.pharos.session.FakeConnection;
import io.pharos.session.Gap;
import io.pharos.session.ManualExecutor;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {
  private static final Destination A = Destination.of("/topic/a");
  private static final Destination B = Destination.of("/topic/b");
  private static final DestinationPattern ALL = new DestinationPattern("/topic/*");
  private static final int SIZE = 5;
  private static final SessionLimits WIDE =
      new SessionLimits(100_000, 1L << 40, Duration.ofSeconds(10));

  private final ManualExecutor executor = new ManualExecutor();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final Sessions sessions = new Sessions(Clock.systemUTC());
  private final FakeConnection connection = new FakeConnection();
  private ScriptedBroker broker = new ScriptedBroker(SIZE);
  private Hub hub = hub();

  private Hub hub() {
    var made = new Hub(broker, executor, metrics);
    broker.start(made);
    return made;
  }

  private void retain(int historySize) {
    broker = new ScriptedBroker(historySize);
    hub = hub();
  }

  private Session open(Connection under) {
    return new SessionFactory(sessions, hub, WIDE, executor, () -> 0, metrics).open(under);
  }

  private Feed subscribe(DestinationPattern pattern, Resume resume) {
    return hub.subscribe(open(connection), "s", pattern, resume);
  }

  private Feed subscribe(Destination destination, Resume resume) {
    return subscribe(DestinationPattern.of(destination), resume);
  }

  private void publish(Destination destination, int count) {
    for (int i = 0; i < count; i++) {
      broker.publish(destination, 1);
    }
    broker.handOutAll();
  }

  /** Offsets as they were written, and gaps as the negated offset that they jump to. */
  private List<Long> written() {
    executor.runAll();
    var written = new ArrayList<Long>();
    for (Outgoing item : connection.written()) {
      if (item instanceof Delivery delivery) {
        written.add(delivery.message().position().offset());
      } else if (item instanceof Gap gap) {
        written.add(-gap.position().offset());
      }
    }
    return written;
  }

  private Position at(Destination destination, long offset) {
    return new Position(broker.top(destination).epoch(), offset);
  }

  @Test
  void aNewSubscriberGetsWhatIsPublishedFromNowOn() {
    publish(A, 3);
    Feed feed = subscribe(A, Resume.NOW);
    assertThat(feed.positions()).containsOnly(Map.entry(A, at(A, 3)));

    feed.start();
    publish(A, 1);
    executor.runAll();
    publish(A, 1);

    assertThat(written()).containsExactly(4L, 5L);
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void nothingFlowsBeforeTheStartAndNothingIsLostUntilThen() {
    Feed feed = subscribe(A, Resume.NOW);
    publish(A, 3);
    assertThat(written()).isEmpty();

    feed.start();
    feed.start();

    assertThat(written()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void withoutHistoryNoGapIsInventedBetweenSubscribingAndStarting() {
    retain(0);
    publish(A, 2);
    Feed feed = subscribe(A, Resume.NOW);
    publish(A, 200);

    feed.start();
    publish(A, 20);

    assertThat(written()).hasSize(220).startsWith(3L).isSorted();
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void whoComesBackGetsExactlyWhatWasMissed() {
    publish(A, 5);

    subscribe(A, Resume.after(at(A, 2))).start();
    publish(A, 1);

    assertThat(written()).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void whoMissedNothingIsSentNothing() {
    publish(A, 5);

    subscribe(A, Resume.after(at(A, 5))).start();

    assertThat(written()).isEmpty();
  }

  @Test
  void whatIsNoLongerRetainedIsAGapBeforeTheRest() {
    publish(A, 8);

    Feed feed = subscribe(A, Resume.after(at(A, 1)));
    feed.start();
    executor.runAll();
    publish(A, 1);

    assertThat(written()).containsExactly(-3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(metrics.gaps).isEqualTo(1);
  }

  @Test
  void withoutHistoryComingBackIsAGapAtTheTop() {
    retain(0);
    publish(A, 5);

    subscribe(A, Resume.after(at(A, 3))).start();
    executor.runAll();
    publish(A, 1);

    assertThat(written()).containsExactly(-5L, 6L);
  }

  @Test
  void aPositionOfAnotherEpochIsAGapBeforeAllThatIsThere() {
    publish(A, 2);

    Feed feed = subscribe(A, Resume.after(new Position("other", 2)));
    assertThat(feed.positions()).containsValue(at(A, 0));
    feed.start();

    assertThat(written()).containsExactly(0L, 1L, 2L);
    assertThat(metrics.gaps).isEqualTo(1);
  }

  @Test
  void aPositionBeyondTheTopIsAGap() {
    publish(A, 2);

    subscribe(A, Resume.after(at(A, 3))).start();

    assertThat(written()).containsExactly(0L, 1L, 2L);
    assertThat(metrics.gaps).isEqualTo(1);
  }

  @Test
  void aPlaceThatCannotBeFoundIsAGap() {
    publish(A, 7);

    subscribe(A, Resume.unknown()).start();

    assertThat(written()).containsExactly(-2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void anEpochThatEndsWhileTheClientListensIsAGap() {
    subscribe(A, Resume.NOW).start();
    executor.runAll();
    publish(A, 2);
    broker.reset(A);
    publish(A, 2);

    assertThat(written()).containsExactly(1L, 2L, 0L, 1L, 2L);
    assertThat(metrics.gaps).isEqualTo(1);
  }

  @Test
  void stragglersOfAnEndedEpochAreNotSentAfterTheNewOne() {
    subscribe(A, Resume.NOW).start();
    executor.runAll();
    publish(A, 1);
    broker.publish(A, 1);
    broker.publish(A, 1);
    broker.loseNext();
    broker.reset(A);
    broker.publish(A, 2);
    broker.handOutAll();

    assertThat(written()).containsExactly(1L, 0L, 1L, 2L);
  }

  @Test
  void aLostEpochChangeIsFoundOnceAndNotSearchedForEver() {
    Feed feed = subscribe(A, Resume.NOW);
    publish(A, 1);
    broker.publish(A, 1);
    broker.publish(A, 1);
    broker.loseNext();
    broker.handOutAll();
    broker.reset(A);
    broker.publish(A, 2);
    broker.loseNext();

    feed.start();

    assertThat(written()).contains(0L);
    assertThat(broker.reads()).isLessThan(20);
  }

  @Test
  void aHoleIsFilledFromHistory() {
    subscribe(A, Resume.NOW).start();
    executor.runAll();
    publish(A, 1);
    broker.publish(A, 1);
    broker.loseNext();
    publish(A, 1);
    publish(A, 1);

    assertThat(written()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void aBufferThatOverflowsCostsAnotherReadAndNothingElse() {
    retain(1000);
    Feed feed = subscribe(A, Resume.NOW);
    publish(A, 700);

    feed.start();
    publish(A, 10);

    assertThat(written()).hasSize(710).isSorted().doesNotHaveDuplicates();
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void aPatternTakesInWhatIsThereAndWhatComes() {
    publish(A, 2);
    Feed feed = subscribe(ALL, Resume.NOW);
    assertThat(feed.positions()).containsOnlyKeys(A);
    publish(B, 2);
    assertThat(feed.positions()).containsOnlyKeys(A, B);
    feed.start();
    executor.runAll();
    publish(Destination.of("/topic/c"), 1);
    publish(Destination.of("/topic/c/deep"), 1);
    publish(A, 1);

    assertThat(written()).containsExactly(1L, 2L, 1L, 3L);
  }

  @Test
  void aDestinationThatAppearsWhileThePlacesAreLookedUpIsAllNew() {
    retain(1000);
    publish(A, 1);
    broker.aroundHistory(
        () -> {
          broker.aroundHistory(() -> {});
          // More than is held: the beginning is known nevertheless.
          publish(B, 300);
        });

    Feed feed = subscribe(ALL, Resume.NOW);

    assertThat(feed.positions()).containsEntry(B, at(B, 0));
    feed.start();
    assertThat(written()).hasSize(300).startsWith(1L).isSorted();
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void theLostFirstMessageOfANewDestinationIsFilledIn() {
    subscribe(ALL, Resume.NOW).start();
    broker.publish(B, 1);
    broker.loseNext();
    publish(B, 1);

    assertThat(written()).containsExactly(1L, 2L);
  }

  @Test
  void aPatternResumesEachDestinationAtItsPlace() {
    publish(A, 3);
    publish(B, 2);
    Resume.From resume =
        destination -> destination.equals(A) ? Resume.Place.at(at(A, 2)) : Resume.Place.BEGINNING;

    subscribe(ALL, resume).start();

    assertThat(written()).containsExactlyInAnyOrder(3L, 1L, 2L).containsSubsequence(1L, 2L);
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void unsubscribingEndsAReplay() {
    retain(2000);
    publish(A, 2000);
    Feed feed = subscribe(A, Resume.after(at(A, 0)));
    feed.start();
    int before = broker.reads();
    broker.aroundHistory(feed::close);

    executor.runAll();

    assertThat(broker.reads() - before).isEqualTo(1);
    assertThat(written()).isEmpty();
    assertThat(hub.subscriptions()).isZero();
    assertThat(broker.interests()).isZero();
    feed.close();
    assertThat(hub.subscriptions()).isZero();
  }

  @Test
  void aClosedFeedTakesNothingMore() {
    Feed feed = subscribe(A, Resume.NOW);
    Feed other = subscribe(A, Resume.NOW);
    feed.start();
    other.start();
    executor.runAll();
    feed.close();

    publish(A, 1);

    executor.runAll();
    assertThat(connection.written()).hasSize(1);
  }

  @Test
  void theEndOfASessionReleasesAllThatItHeld() {
    Session session = open(connection);
    hub.subscribe(session, "1", DestinationPattern.of(A), Resume.NOW).start();
    hub.subscribe(session, "2", ALL, Resume.NOW).start();
    hub.subscribe(session, "3", DestinationPattern.of(B), Resume.NOW);
    assertThat(hub.subscriptions()).isEqualTo(3);
    assertThat(broker.interests()).isEqualTo(3);

    session.close(CloseReason.KICKED);
    executor.runAll();

    assertThat(hub.subscriptions()).isZero();
    assertThat(hub.subscribers()).isZero();
    assertThat(broker.interests()).isZero();
    assertThat(sessions.count()).isZero();
    assertThat(metrics.opened).isEqualTo(1);
    assertThat(metrics.closed).containsExactly(CloseReason.KICKED);
  }

  @Test
  void aSubscriptionOfASessionThatHasEndedIsReleasedAtOnce() {
    Session session = open(connection);
    session.close(CloseReason.KICKED);
    executor.runAll();

    hub.subscribe(session, "1", DestinationPattern.of(A), Resume.NOW);

    assertThat(hub.subscriptions()).isZero();
    assertThat(hub.subscribers()).isZero();
    assertThat(broker.interests()).isZero();
  }

  @Test
  void aSubscriptionThatFailsLeavesNothing() {
    broker.goAway();

    assertThatExceptionOfType(PharosException.class).isThrownBy(() -> subscribe(A, Resume.NOW));

    assertThat(hub.subscriptions()).isZero();
    assertThat(hub.subscribers()).isZero();
  }

  @Test
  void aSubscriptionWhosePlaceCannotBeReadLeavesNothing() {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> subscribe(new DestinationPattern("/nowhere/a"), Resume.NOW));

    assertThat(hub.subscriptions()).isZero();
    assertThat(broker.interests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/queue/work", "/app/x", "/app/*"})
  void kindsThatAreNotOfferedAreRefused(String pattern) {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> subscribe(new DestinationPattern(pattern), Resume.NOW))
        .withMessageContaining(pattern)
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.UNSUPPORTED);
    assertThat(hub.subscriptions()).isZero();
  }

  @Test
  void aReplayThatMeetsAnAbsentBrokerGoesOnOnceItIsBack() {
    var retries = new ArrayList<Runnable>();
    var attempts = new ArrayList<Integer>();
    Retry retry =
        (threads, task, attempt) -> {
          retries.add(task);
          attempts.add(attempt);
        };
    hub = new Hub(broker, executor, metrics, new ReplayLimits(2, 2, retry));
    broker.start(hub);
    publish(A, 3);
    Feed feed = subscribe(A, Resume.after(at(A, 1)));
    broker.goAway();

    feed.start();
    executor.runAll();
    retries.removeFirst().run();
    assertThat(written()).isEmpty();
    broker.comeBack();
    publish(A, 3);
    retries.removeFirst().run();

    assertThat(written()).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(attempts).containsExactly(0, 1);
    assertThat(metrics.closed).isEmpty();
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void aLossOnAQuietDestinationIsToldAtOnce() {
    publish(A, 3);
    subscribe(A, Resume.NOW).start();
    Feed all = subscribe(ALL, Resume.NOW);
    all.start();
    executor.runAll();

    broker.reset(A);
    broker.tellOfLoss(A);

    assertThat(written()).containsExactly(0L, 0L);
    assertThat(metrics.gaps).isEqualTo(2);
    assertThat(all.positions()).containsEntry(A, at(A, 0));
    publish(A, 1);
    assertThat(written()).containsExactly(0L, 0L, 1L, 1L);
  }

  @Test
  void aLossThatDoesNotConcernAClientIsNotToldToIt() {
    publish(A, 3);
    subscribe(A, Resume.NOW).start();
    executor.runAll();

    broker.tellOfLoss(A);
    publish(A, 1);

    assertThat(written()).containsExactly(4L);
    assertThat(metrics.gaps).isZero();
  }

  @Test
  void aFaultInAReplayEndsTheSessionInsteadOfLeavingItSilent() {
    publish(A, 3);
    Feed feed = subscribe(A, Resume.after(at(A, 1)));
    broker.aroundHistory(
        () -> {
          throw new IllegalStateException("as the test wants it");
        });

    feed.start();
    executor.runAll();

    assertThat(metrics.closed).containsExactly(CloseReason.SERVER_ERROR);
  }

  @Test
  void oneSubscribersFaultDoesNotReachTheOthers() {
    var fragile =
        new Hub(
            broker,
            task -> {
              throw new IllegalStateException("as the test wants it");
            },
            metrics);
    broker.start(
        (destination, batch) -> {
          fragile.messages(destination, batch);
          hub.messages(destination, batch);
        });
    Session victim = open(new FakeConnection());
    fragile.subscribe(victim, "1", ALL, Resume.NOW).start();
    subscribe(A, Resume.NOW).start();
    executor.runAll();
    broker.publish(A, 1);
    broker.loseNext();

    publish(A, 1);

    assertThat(written()).containsExactly(1L, 2L);
    assertThat(victim.isOpen()).isFalse();
  }

  @Test
  void subscribersOfTheMemoryBrokerNeedNoHandingOut() {
    try (var memory =
        new MemoryBroker(d -> new HistoryLimits(SIZE, Duration.ofMinutes(5)), Clock.systemUTC())) {
      var live = new Hub(memory, executor, metrics);
      memory.start(live);
      live.subscribe(open(connection), "s", DestinationPattern.of(A), Resume.NOW).start();
      executor.runAll();

      memory.publish(List.of(Publication.text(A, "x")));

      assertThat(written()).containsExactly(1L);
    }
  }
}
