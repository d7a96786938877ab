package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.Outcome;
import io.pharos.message.Publication;
import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.CloseReason;
import io.pharos.session.Delivery;
import io.pharos.session.FakeConnection;
import io.pharos.session.Gap;
import io.pharos.session.ManualExecutor;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import io.pharos.session.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What each policy promises, whenever messages come and whenever the client reads. */
class OverflowPropertyTest {
  private static final Destination A = Destination.of("/topic/a");
  private static final Destination B = Destination.of("/topic/b");
  private static final int KEYS = 3;

  /** A client with room for four items, subscribed to one destination and to both by a wildcard. */
  private static final class World {
    private final ManualExecutor executor = new ManualExecutor();
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final ScriptedBroker broker = new ScriptedBroker(1000);
    private final FakeConnection connection = new FakeConnection();
    private final Map<Destination, Map<Long, String>> keys = new HashMap<>();
    private final Hub hub;
    private final Session session;

    World(Overflow policy, int held, boolean acknowledged) {
      var limits = new ReplayLimits(2, held, Retry.BACKING_OFF);
      var settings = new DeliverySettings(destination -> policy, 1);
      hub = new Hub(broker, executor, metrics, limits, settings);
      broker.start(hub);
      var narrow = new SessionLimits(4, 1L << 40, Duration.ofSeconds(10));
      session =
          new SessionFactory(
                  new Sessions(Clock.systemUTC()), hub, narrow, executor, () -> 0, metrics)
              .open(connection);
      var by = acknowledged ? Flow.Acknowledgement.BY_CLIENT : Flow.Acknowledgement.AUTOMATIC;
      for (String pattern : List.of("/topic/a", "/topic/*")) {
        hub.subscribe(
                session, pattern, new DestinationPattern(pattern), Resume.NOW, new Flow(by, 3))
            .start();
      }
      executor.runAll();
    }

    void run(List<Integer> steps) {
      for (int step : steps) {
        if (step < 6) {
          publish(step % 2 == 0 ? A : B, step / 2);
        } else if (step < 8) {
          if (!executor.isIdle()) {
            executor.runNext();
          }
        } else {
          acknowledge();
        }
      }
      for (int round = 0; round < steps.size() + 2; round++) {
        executor.runAll();
        acknowledge();
      }
    }

    /** In batches, as a broker hands them out: one or three. */
    private void publish(Destination destination, int key) {
      int count = key == 2 ? 3 : 1;
      var batch = new ArrayList<Publication>();
      Map<Long, String> known = keys.computeIfAbsent(destination, d -> new HashMap<>());
      for (int i = 0; i < count; i++) {
        String name = "k" + (key + i) % KEYS;
        var headers = new Headers(Map.of(Headers.KEY, name));
        batch.add(new Publication(destination, Body.of("x"), null, headers, null));
        known.put(broker.top(destination).offset() + i + 1, name);
      }
      broker.publish(batch);
      broker.handOutAll();
    }

    private final Set<Outgoing> done = new HashSet<>();

    private void acknowledge() {
      for (Outgoing item : connection.written()) {
        if (item instanceof AcknowledgedDelivery delivery && done.add(item)) {
          delivery.acknowledger().settle(List.of(delivery.tag()), Outcome.ACKNOWLEDGED);
        }
      }
    }

    long top(Destination destination) {
      return keys.containsKey(destination) ? broker.top(destination).offset() : 0;
    }

    /** Calls the check once for each lane, with what was written for it. */
    void forEachLane(LaneCheck check) {
      Map<Subscription, Map<Destination, List<Outgoing>>> lanes = new HashMap<>();
      for (Outgoing item : connection.written()) {
        if (item instanceof Gap gap) {
          lane(lanes, gap.subscription(), gap.destination()).add(item);
        } else if (item instanceof Delivery || item instanceof AcknowledgedDelivery) {
          lane(lanes, subscription(item), message(item).destination()).add(item);
        }
      }
      lanes.values().forEach(each -> each.forEach(check::check));
    }

    private static List<Outgoing> lane(
        Map<Subscription, Map<Destination, List<Outgoing>>> lanes,
        Subscription subscription,
        Destination destination) {
      return lanes
          .computeIfAbsent(subscription, s -> new HashMap<>())
          .computeIfAbsent(destination, d -> new ArrayList<>());
    }
  }

  @FunctionalInterface
  private interface LaneCheck {
    void check(Destination destination, List<Outgoing> written);
  }

  private static Message message(Outgoing item) {
    return item instanceof AcknowledgedDelivery delivery
        ? delivery.message()
        : ((Delivery) item).message();
  }

  private static Subscription subscription(Outgoing item) {
    return item instanceof AcknowledgedDelivery delivery
        ? delivery.subscription()
        : ((Delivery) item).subscription();
  }

  @Property(tries = 1500)
  void theOldestGiveWayToOneGapForEachHole(
      @ForAll @Size(max = 80) List<@IntRange(max = 8) Integer> steps,
      @ForAll @IntRange(max = 4) int held,
      @ForAll boolean acknowledged) {
    var world = new World(Overflow.DROP_OLDEST, held, acknowledged);
    world.run(steps);
    assertThat(world.session.isOpen()).isTrue();
    var missed = new int[1];
    world.forEachLane(
        (destination, written) -> {
          long last = 0;
          boolean afterGap = false;
          for (Outgoing item : written) {
            if (item instanceof Gap gap) {
              assertThat(afterGap).as("two gaps for one hole").isFalse();
              assertThat(gap.position().offset()).isGreaterThan(last);
              missed[0] += (int) (gap.position().offset() - last);
              last = gap.position().offset();
              afterGap = true;
            } else {
              assertThat(message(item).position().offset()).isEqualTo(last + 1);
              last++;
              afterGap = false;
            }
          }
          assertThat(afterGap).isFalse();
          assertThat(last).isEqualTo(world.top(destination));
        });
    assertThat(world.metrics.dropped).isEqualTo(missed[0]);
  }

  @Property(tries = 1500)
  void theNewestOfEachKeyAlwaysArrivesAndWhatIsMissingWasReplaced(
      @ForAll @Size(max = 80) List<@IntRange(max = 8) Integer> steps,
      @ForAll boolean acknowledged) {
    var world = new World(Overflow.CONFLATE, KEYS, acknowledged);
    world.run(steps);
    assertThat(world.session.isOpen()).isTrue();
    assertThat(world.metrics.gaps).isZero();
    var missing = new int[1];
    world.forEachLane(
        (destination, written) -> {
          Map<Long, String> keys = world.keys.getOrDefault(destination, Map.of());
          long last = 0;
          for (Outgoing item : written) {
            long offset = message(item).position().offset();
            assertThat(offset).isGreaterThan(last);
            for (long skipped = last + 1; skipped < offset; skipped++) {
              missing[0]++;
              // Whoever comes back from any position between the two still gets the newer one.
              String key = keys.get(skipped);
              assertThat(written)
                  .filteredOn(w -> message(w).position().offset() >= offset)
                  .anyMatch(w -> Objects.equals(key, message(w).headers().get(Headers.KEY)));
            }
            last = offset;
          }
          assertThat(last).isEqualTo(world.top(destination));
        });
    assertThat(world.metrics.conflated).isEqualTo(missing[0]);
  }

  @Property(tries = 1500)
  void moreKeysThanFitAreAnnouncedAsAGap(
      @ForAll @Size(max = 80) List<@IntRange(max = 8) Integer> steps) {
    var world = new World(Overflow.CONFLATE, KEYS - 1, false);
    world.run(steps);
    assertThat(world.metrics.gaps > 0).isEqualTo(world.metrics.dropped > 0);
    world.forEachLane(
        (destination, written) -> {
          long last = 0;
          for (Outgoing item : written) {
            long offset =
                item instanceof Gap gap
                    ? gap.position().offset()
                    : message(item).position().offset();
            assertThat(offset).isGreaterThan(last);
            last = offset;
          }
          assertThat(last).isEqualTo(world.top(destination));
        });
  }

  @Property(tries = 1500)
  void whoIsCutOffHasMissedNothingBefore(
      @ForAll @Size(max = 80) List<@IntRange(max = 8) Integer> steps,
      @ForAll @IntRange(max = 4) int held) {
    var world = new World(Overflow.DISCONNECT, held, false);
    world.run(steps);
    assertThat(world.metrics.gaps).isZero();
    boolean open = world.session.isOpen();
    if (!open) {
      assertThat(world.metrics.closed).containsExactly(CloseReason.SLOW_CONSUMER);
      assertThat(world.metrics.slow).contains(Overflow.DISCONNECT);
    }
    world.forEachLane(
        (destination, written) -> {
          for (int i = 0; i < written.size(); i++) {
            assertThat(message(written.get(i)).position().offset()).isEqualTo(i + 1);
          }
          if (open) {
            assertThat(written).hasSize((int) world.top(destination));
          }
        });
  }
}
