package io.pharos.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.VirtualClock;
import io.pharos.message.Destination;
import io.pharos.message.Outcome;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever consumers do: each message is held once, and ends acknowledged, dead or expired. */
class MemoryQueuePropertyTest {
  private static final Destination WORK = Destination.of("/queue/work");
  private static final int DELIVERIES = 3;
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  private static final class Holder {
    final List<Lease> held = new ArrayList<>();
    QueueConsumer consumer;
    long lastFirst;

    Holder(QueueConsumer none) {
      consumer = none;
    }
  }

  private final Map<Long, Integer> deliveries = new HashMap<>();
  private final Set<Long> ended = new HashSet<>();
  private final Map<Long, Holder> heldBy = new HashMap<>();

  @Property(tries = 500)
  void everyMessageIsAccountedForAtAnyTime(
      @ForAll @Size(max = 80) List<@IntRange(max = 9) Integer> steps, @ForAll Random random) {
    deliveries.clear();
    ended.clear();
    heldBy.clear();
    var clock = new VirtualClock();
    var metrics = new RecordingQueueMetrics();
    var queues =
        new MemoryWorkQueues(
            new QueueLimits(1000, Duration.ofMinutes(10), DELIVERIES), clock, metrics);
    var holders = new ArrayList<Holder>();
    int published = 0;
    for (int step : steps) {
      Holder one = holders.isEmpty() ? null : holders.get(random.nextInt(holders.size()));
      switch (step) {
        case 0, 1, 2 -> {
          int count = 1 + random.nextInt(4);
          published += count;
          var batch = new ArrayList<Publication>();
          for (int i = 0; i < count; i++) {
            batch.add(Publication.text(WORK, "x"));
          }
          queues.publish(batch);
        }
        case 3 -> holders.add(attach(queues, 1 + random.nextInt(4)));
        case 4 -> clock.advance(Duration.ofMinutes(random.nextInt(4)));
        case 5 -> queues.sweep();
        case 6 -> {
          if (one != null) {
            holders.remove(one);
            release(one, List.copyOf(one.held));
            one.consumer.close();
          }
        }
        default -> {
          if (one != null && !one.held.isEmpty()) {
            settle(one, random);
          }
        }
      }
      assertAccounted(published, queues, metrics);
    }
  }

  private Holder attach(WorkQueues queues, int window) {
    var holder = new Holder(new MemoryConsumerOfNothing());
    holder.consumer = queues.attach(WORK, window, lease -> take(holder, window, lease));
    return holder;
  }

  private void take(Holder holder, int window, Lease lease) {
    long offset = lease.message().position().offset();
    assertThat(ended).as("what has ended stays away").doesNotContain(offset);
    assertThat(heldBy.put(offset, holder)).as("held by one").isNull();
    int count = deliveries.merge(offset, 1, Integer::sum);
    assertThat(lease.deliveries()).isEqualTo(count).isLessThanOrEqualTo(DELIVERIES);
    if (count == 1) {
      assertThat(offset).isGreaterThan(holder.lastFirst);
      holder.lastFirst = offset;
    }
    holder.held.add(lease);
    assertThat(holder.held).hasSizeLessThanOrEqualTo(window);
  }

  private void release(Holder holder, List<Lease> leases) {
    holder.held.removeAll(leases);
    leases.forEach(lease -> heldBy.remove(lease.message().position().offset()));
  }

  private void settle(Holder holder, Random random) {
    Outcome outcome = OUTCOMES.get(random.nextInt(3));
    var some = new ArrayList<Lease>();
    for (Lease lease : holder.held) {
      if (random.nextBoolean()) {
        some.add(lease);
      }
    }
    release(holder, some);
    if (outcome != Outcome.RETURNED) {
      some.forEach(lease -> ended.add(lease.message().position().offset()));
    }
    holder.consumer.settle(some.stream().map(Lease::tag).toList(), outcome);
  }

  private void assertAccounted(int published, WorkQueues queues, RecordingQueueMetrics metrics) {
    long kept =
        queues.status().stream()
            .filter(each -> each.queue().equals(WORK))
            .mapToLong(each -> each.depth() + each.pending())
            .sum();
    long pending = queues.status().stream().mapToLong(QueueStatus::pending).sum();
    long dead = metrics.counts.getOrDefault("deadLettered", 0);
    long gone =
        0L
            + metrics.counts.getOrDefault("acknowledged", 0)
            + metrics.counts.getOrDefault("expired", 0);
    long deadWaiting =
        queues.status().stream()
            .filter(each -> DeadLetters.isFor(each.queue()))
            .mapToLong(QueueStatus::depth)
            .sum();
    assertThat(kept + gone + deadWaiting).isEqualTo(published);
    assertThat(deadWaiting).isLessThanOrEqualTo(dead);
    assertThat(pending).isEqualTo(heldBy.size());
  }

  private static final class MemoryConsumerOfNothing implements QueueConsumer {
    @Override
    public void settle(Collection<Long> tags, Outcome outcome) {}

    @Override
    public void close() {}
  }
}
