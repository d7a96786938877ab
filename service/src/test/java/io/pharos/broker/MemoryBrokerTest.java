package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest extends MemoryBrokerContract {
  private static final Destination TOPIC = Destination.of("/topic/a");
  private static final HistoryLimits LIMITS = new HistoryLimits(10, Duration.ofMinutes(5));

  @Override
  Broker create(Function<Destination, HistoryLimits> limits) {
    return new MemoryBroker(limits, clock, HandOuts.AT_ONCE, Linger.NONE, 5);
  }

  private MemoryBroker memory() {
    return (MemoryBroker) broker();
  }

  private Position publish(Destination destination, String body) {
    return memory().publish(List.of(Publication.text(destination, body))).getFirst().position();
  }

  private Published publishKeyed(String key) {
    return memory()
        .publish(List.of(new Publication(TOPIC, Body.EMPTY, null, Headers.NONE, key)))
        .getFirst();
  }

  @Test
  void messagesLeaveOneByOneAtTheirAge() {
    publish(TOPIC, "a");
    clock.advance(Duration.ofMinutes(3));
    publish(TOPIC, "b");
    clock.advance(Duration.ofMinutes(2));

    assertThat(memory().history(TOPIC, null, 10).messages()).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(memory().history(TOPIC, null, 10).messages()).hasSize(1);
    clock.advance(Duration.ofMinutes(3));
    memory().sweep();
    assertThat(memory().history(TOPIC, null, 10).messages()).isEmpty();
  }

  @Test
  void aMessageIsStampedByTheInjectedClock() {
    publish(TOPIC, "a");

    assertThat(memory().history(TOPIC, null, 1).messages().getFirst().timestamp())
        .isEqualTo(clock.instant());
  }

  @Test
  void aClockThatGoesBackDoesNotTurnTheMessagesTimesAround() {
    Instant start = clock.instant();
    var times = new ArrayDeque<Instant>();
    for (int seconds : new int[] {0, 10, 4, 12}) {
      times.add(start.plusSeconds(seconds));
    }
    MemoryBroker broker = new MemoryBroker(d -> LIMITS, new Script(times));
    var received = new ArrayList<Message>();
    broker.start((destination, batch) -> received.addAll(batch));

    broker.publish(List.of(Publication.text(TOPIC, "a")));
    broker.publish(List.of(Publication.text(TOPIC, "b")));
    broker.publish(List.of(Publication.text(TOPIC, "c")));

    assertThat(received.stream().map(Message::timestamp)).isSorted();
  }

  /** Gives out its times, one at each question, and stays at the last one. */
  private static final class Script extends Clock {
    private final ArrayDeque<Instant> times;

    Script(ArrayDeque<Instant> times) {
      this.times = times;
    }

    @Override
    public Instant instant() {
      return times.size() > 1 ? times.removeFirst() : times.getFirst();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void keysAreRememberedForFiveMinutes() {
    Position first = publishKeyed("k").position();

    clock.advance(Duration.ofMinutes(5));
    assertThat(publishKeyed("k").position()).isEqualTo(first);
    clock.advance(Duration.ofMillis(1));
    assertThat(publishKeyed("k").position()).isEqualTo(first.next());
  }

  @Test
  void onlyTheNewestKeysAreRemembered() {
    Position first = publishKeyed("first").position();
    Position second = publishKeyed("second").position();
    for (int i = 0; i < RecentKeys.MAX_KEYS - 1; i++) {
      publishKeyed("k" + i);
    }

    assertThat(publishKeyed("second")).isEqualTo(new Published(TOPIC, second, true));
    assertThat(publishKeyed("first").position().offset()).isGreaterThan(first.offset());
  }

  @Test
  void aSweepForgetsDestinationsThatNobodyUsed() {
    Position old = publish(TOPIC, "a");
    clock.advance(MemoryBroker.IDLE);
    memory().sweep();
    assertThat(memory().destinations(DestinationPattern.of(TOPIC))).hasSize(1);

    clock.advance(Duration.ofMillis(1));
    memory().sweep();

    assertThat(memory().destinations(DestinationPattern.of(TOPIC))).isEmpty();
    assertThat(publish(TOPIC, "b").offset()).isEqualTo(1);
    assertThat(memory().history(TOPIC, null, 1).top().epoch()).isNotEqualTo(old.epoch());
    assertThat(memory().history(TOPIC, old, 1).complete()).isFalse();
  }

  @Test
  void whatIsKeptForLongIsKeptThoughNobodyAsks() {
    var week = new HistoryLimits(10, Duration.ofDays(7));
    var broker = new MemoryBroker(d -> week, clock);
    broker.start((destination, batch) -> {});
    broker.publish(List.of(Publication.text(TOPIC, "a")));

    clock.advance(Duration.ofDays(6));
    broker.sweep();

    assertThat(broker.history(TOPIC, null, 10).messages()).hasSize(1);
    clock.advance(Duration.ofDays(14).plusMillis(1));
    broker.sweep();
    assertThat(broker.destinations(DestinationPattern.of(TOPIC))).isEmpty();
  }

  @Test
  void readingIsUsing() {
    Position first = publish(TOPIC, "a");
    clock.advance(MemoryBroker.IDLE);
    memory().history(TOPIC, first, 1);
    clock.advance(MemoryBroker.IDLE);

    memory().sweep();

    assertThat(publish(TOPIC, "b")).isEqualTo(first.next());
  }

  @Test
  void aSweepNeverForgetsWhatSomebodySubscribesTo() {
    for (DestinationPattern pattern :
        List.of(
            DestinationPattern.of(TOPIC),
            new DestinationPattern("/topic/*"),
            new DestinationPattern("/**"))) {
      Interest interest = memory().subscribe(pattern);
      Position first = publish(TOPIC, "a");
      clock.advance(MemoryBroker.IDLE.multipliedBy(2));

      memory().sweep();

      assertThat(publish(TOPIC, "b")).isEqualTo(first.next());
      interest.close();
    }
    clock.advance(MemoryBroker.IDLE.multipliedBy(2));
    memory().sweep();
    assertThat(memory().destinations(new DestinationPattern("/**"))).isEmpty();
  }

  @Test
  void destinationsAreCappedAndThoseInUseGoOn() {
    for (int i = 1; i <= 5; i++) {
      publish(Destination.of("/topic/" + i), "a");
    }

    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> publish(Destination.of("/topic/6"), "a"))
        .withMessageContaining("5")
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.LIMIT_EXCEEDED);
    assertThat(publish(Destination.of("/topic/1"), "b").offset()).isEqualTo(2);
  }

  @Test
  void whoOnlyAsksTakesNoRoomFromPublishers() {
    for (int i = 1; i <= 5; i++) {
      memory().history(Destination.of("/topic/asked/" + i), null, 1);
    }
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> memory().history(Destination.of("/topic/asked/6"), null, 1))
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.LIMIT_EXCEEDED);

    for (int i = 1; i <= 4; i++) {
      publish(Destination.of("/topic/" + i), "a");
    }
    publish(Destination.of("/topic/asked/1"), "a");
    memory().history(Destination.of("/topic/asked/6"), null, 1);

    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> publish(Destination.of("/topic/asked/2"), "a"));
    clock.advance(MemoryBroker.IDLE.plusMillis(1));
    memory().sweep();
    assertThat(publish(Destination.of("/topic/asked/2"), "a").offset()).isEqualTo(1);
  }

  @Test
  void aBatchThatMeetsTheCapStoresNothing() {
    for (int i = 1; i <= 4; i++) {
      publish(Destination.of("/topic/" + i), "a");
    }
    List<Publication> batch =
        List.of(
            Publication.text(Destination.of("/topic/1"), "b"),
            Publication.text(Destination.of("/topic/5"), "b"),
            Publication.text(Destination.of("/topic/6"), "b"));

    assertThatExceptionOfType(PharosException.class).isThrownBy(() -> memory().publish(batch));

    assertThat(memory().history(Destination.of("/topic/1"), null, 10).top().offset()).isEqualTo(1);
    assertThat(memory().destinations(DestinationPattern.of(Destination.of("/topic/6")))).isEmpty();
  }

  @Test
  void aBrokerThatIsNotStartedIsUnavailable() {
    var fresh = new MemoryBroker(d -> LIMITS, clock);

    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(fresh::check)
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.UNAVAILABLE);
  }
}
