package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import io.pharos.message.WireFormat;
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

  /** What a message is made into, counted: each time anew, unless the message kept it. */
  private static final class Counting extends WireFormat<Object> {
    private int made;

    Counting() {
      super(Slot.EVENT_STREAM, Object.class);
    }

    @Override
    protected Object encode(Message message) {
      made++;
      return new Object();
    }

    /** How many of a ring's messages have lost their form, which this gives back to them. */
    int lostIn(RetainedMessages ring) {
      int before = made;
      ring.slice(0, Integer.MAX_VALUE).forEach(message -> message.as(this));
      return made - before;
    }
  }

  @Property
  void formsAreLetGoOfOnceWhenTheyAreOld(
      @ForAll @IntRange(min = 1, max = 30) int first,
      @ForAll @IntRange(min = 1, max = 30) int second,
      @ForAll @IntRange(min = 1, max = 40) int kept) {
    var format = new Counting();
    var ring = new RetainedMessages();
    for (int i = 1; i <= 30; i++) {
      ring.add(message(i));
    }
    format.lostIn(ring);

    ring.cool(Instant.ofEpochSecond(first));
    assertThat(format.lostIn(ring)).isEqualTo(first - 1);

    ring.cool(Instant.ofEpochSecond(first));
    assertThat(format.lostIn(ring)).isEqualTo(0);

    ring.trim(new HistoryLimits(kept, Duration.ofDays(1)), Instant.ofEpochSecond(30));
    ring.cool(Instant.ofEpochSecond(second));
    int oldest = Math.max(first, 31 - Math.min(30, kept));
    assertThat(format.lostIn(ring)).isEqualTo(Math.max(0, second - oldest));
  }
}
