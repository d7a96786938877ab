package io.pharos.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.Broker;
import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who joins and leaves a node that is alone. */
class MemoryRosterTest {
  private static final Destination CHAT = Destination.of("/topic/chat");
  private static final Seat PHONE = new Seat(CHAT, "ann", "s1");
  private static final Seat LAPTOP = new Seat(CHAT, "ann", "s2");

  private final Broker broker =
      new MemoryBroker(d -> new HistoryLimits(10, Duration.ofMinutes(1)), Clock.systemUTC());
  private final MemoryRoster roster = new MemoryRoster(broker, "n1");

  MemoryRosterTest() {
    broker.start((destination, batch) -> {});
  }

  @Test
  void theFirstSessionOfAUserJoinsAndTheLastOneLeaves() {
    change(PHONE, true);
    change(LAPTOP, true);
    change(PHONE, false);
    assertThat(events()).containsExactly("join");
    change(LAPTOP, false);
    assertThat(events()).containsExactly("join", "leave");
    change(LAPTOP, true);
    assertThat(events()).containsExactly("join", "leave", "join");
  }

  @Test
  void tellingAChangeTwiceChangesNothing() {
    change(PHONE, false);
    change(PHONE, true);
    change(PHONE, true);
    change(PHONE, false);
    change(PHONE, false);
    assertThat(events()).containsExactly("join", "leave");
  }

  @Test
  void theMessageTellsWhoAndWhere() {
    change(new Seat(CHAT, "a\"nn\\", "s1"), true);
    Message message = broker.history(CHAT, null, 10).messages().getFirst();
    assertThat(message.body().textOrNull())
        .isEqualTo("{\"user\":\"a\\\"nn\\\\\",\"session\":\"s1\",\"node\":\"n1\"}");
    assertThat(message.contentType()).isEqualTo("application/json");
  }

  @Test
  void aBrokerThatRefusesIsNoTrouble() {
    broker.close();
    change(PHONE, true);
    assertThat(roster.update(new Roster.Update(List.of(), 1))).isEqualTo(Roster.Outcome.STORED);
  }

  private void change(Seat seat, boolean taken) {
    assertThat(roster.update(new Roster.Update(List.of(new SeatChange(seat, taken)), 0)))
        .isEqualTo(Roster.Outcome.STORED);
  }

  private List<String> events() {
    return broker.history(CHAT, null, 10).messages().stream()
        .map(message -> String.valueOf(message.headers().get("event")))
        .toList();
  }
}
