package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RetainedMessagesTest {
  private static final Destination TOPIC = Destination.of("/topic/a");

  private static Message message(int offset) {
    return new Message(
        new Position("e", offset),
        Instant.ofEpochSecond(offset),
        Publication.text(TOPIC, Integer.toString(offset)));
  }

  @Property
  void theRingIsAListThatLosesItsHead(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 40) Integer> keep) {
    var ring = new RetainedMessages();
    var model = new ArrayList<Message>();
    int offset = 0;
    for (int size : keep) {
      for (int i = 0; i < 5; i++) {
        Message message = message(++offset);
        ring.add(message);
        model.add(message);
      }
      ring.trim(new HistoryLimits(size, Duration.ofDays(1)), Instant.ofEpochSecond(offset));
      while (model.size() > size) {
        model.removeFirst();
      }
      assertThat(ring.size()).isEqualTo(model.size());
      assertThat(ring.slice(0, Integer.MAX_VALUE)).isEqualTo(model);
      int from = model.size() / 2;
      assertThat(ring.slice(from, 3))
          .isEqualTo(model.subList(from, Math.min(model.size(), from + 3)));
    }
  }

  @Property
  void ageTrimsTheHeadAlone(@ForAll @IntRange(min = 1, max = 50) int seconds) {
    var ring = new RetainedMessages();
    for (int i = 1; i <= 50; i++) {
      ring.add(message(i));
    }

    ring.trim(new HistoryLimits(100, Duration.ofSeconds(seconds)), Instant.ofEpochSecond(50));

    assertThat(ring.size()).isEqualTo(Math.min(50, seconds + 1));
    assertThat(ring.slice(0, 100).getLast().position().offset()).isEqualTo(50);
  }
}
