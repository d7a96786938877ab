package io.pharos.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final SessionLimits LIMITS = new SessionLimits(4, 100, Duration.ofSeconds(1));

  private final Outbox outbox = new Outbox(LIMITS);

  @Test
  void messagesAreBounded() {
    for (int i = 1; i <= 4; i++) {
      assertThat(outbox.offer(new Item(i, 1))).isTrue();
    }

    assertThat(outbox.offer(new Item(5, 1))).isFalse();
    assertThat(outbox.size()).isEqualTo(4);
  }

  @Test
  void bytesAreBounded() {
    assertThat(outbox.offer(new Item(1, 60))).isTrue();
    assertThat(outbox.offer(new Item(2, 40))).isTrue();
    assertThat(outbox.offer(new Item(3, 1))).isFalse();
    assertThat(outbox.bytes()).isEqualTo(100);
  }

  @Test
  void oneMessageMayAlwaysWaitHoweverLarge() {
    assertThat(outbox.offer(new Item(1, 1_000_000))).isTrue();
    assertThat(outbox.offer(new Item(2, 0))).isFalse();
    assertThat(outbox.take(10)).containsExactly(new Item(1, 1_000_000));
    assertThat(outbox.offer(new Item(2, 1))).isTrue();
  }

  @Test
  void whatIsForcedCountsAndIsNeverRefused() {
    for (int i = 1; i <= 10; i++) {
      outbox.force(new Item(i, 50));
    }

    assertThat(outbox.bytes()).isEqualTo(500);
    assertThat(outbox.offer(new Item(11, 0))).isFalse();
  }

  @Test
  void clearingFreesItAll() {
    for (int i = 1; i <= 100; i++) {
      outbox.force(new Item(i, 50));
    }

    outbox.clear();

    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.bytes()).isZero();
    assertThat(outbox.offer(new Item(1, 100))).isTrue();
  }

  @Test
  void thereIsRoomForReplayWhileBothHalvesAreFree() {
    outbox.force(new Item(1, 25));
    outbox.force(new Item(2, 25));
    assertThat(outbox.hasRoomFor(List.of(new Item(3, 50)))).isTrue();
    assertThat(outbox.hasRoomFor(List.of(new Item(3, 51)))).isFalse();
    outbox.force(new Item(3, 0));
    assertThat(outbox.hasRoomFor(List.of(new Item(4, 1)))).isFalse();

    outbox.clear();
    assertThat(outbox.hasRoomFor(List.of(new Item(1, 1_000)))).isTrue();
  }

  @Property
  void takingKeepsTheOrderAndTheCount(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 40) Integer> weights,
      @ForAll @IntRange(min = 1, max = 100) int most) {
    var box = new Outbox(LIMITS);
    var model = new ArrayDeque<Outgoing>();
    for (int i = 0; i < weights.size(); i++) {
      var item = new Item(i, weights.get(i));
      box.force(item);
      model.add(item);
    }
    while (!model.isEmpty()) {
      List<Outgoing> batch = box.take(most);
      var expected = new ArrayList<Outgoing>();
      for (int i = 0; i < batch.size(); i++) {
        expected.add(model.removeFirst());
      }
      assertThat(batch).isNotEmpty().isEqualTo(expected);
      if (batch.size() > 1) {
        assertThat(batch.stream().mapToInt(Outgoing::weight).sum()).isLessThanOrEqualTo(most);
      }
      assertThat(box.bytes()).isEqualTo(model.stream().mapToLong(Outgoing::weight).sum());
      assertThat(box.size()).isEqualTo(model.size());
    }
    assertThat(box.isEmpty()).isTrue();
  }
}
