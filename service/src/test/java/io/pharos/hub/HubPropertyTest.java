package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.session.ManualExecutor;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever happens in whatever order, no client misses a message in silence, gets one twice or out
 * of order, or stays behind.
 */
class HubPropertyTest {
  private static final List<Destination> DESTINATIONS =
      Stream.of("/topic/a", "/topic/b", "/topic/c").map(Destination::of).toList();
  private static final SessionLimits WIDE =
      new SessionLimits(1_000_000, 1L << 40, Duration.ofSeconds(10));

  private static final class World {
    private final ManualExecutor executor = new ManualExecutor();
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final ScriptedBroker broker;
    private final Hub hub;
    private final List<ModelClient> clients;

    World(int historySize, ReplayLimits replay) {
      broker = new ScriptedBroker(historySize);
      hub = new Hub(broker, executor, metrics, replay);
      broker.start(hub);
      var factory =
          new SessionFactory(
              new Sessions(Clock.systemUTC()), hub, WIDE, executor, () -> 0, metrics);
      clients =
          Stream.of("/topic/a", "/topic/*", "/topic/b", "/**")
              .map(pattern -> new ModelClient(hub, factory, new DestinationPattern(pattern)))
              .toList();
    }

    ModelClient client(int number) {
      return clients.get(number % clients.size());
    }

    static Destination destination(int number) {
      return DESTINATIONS.get(number % DESTINATIONS.size());
    }

    /** What goes right in a network, and the steps of whoever is there. */
    void step(int operation, int number) {
      ModelClient client = client(number);
      switch (operation) {
        case 0, 1 -> broker.publish(destination(number), 1 + number / 4 % 3);
        case 2, 3 -> broker.handOutNext();
        case 4 -> {
          if (!client.isConnected()) {
            client.connect();
          }
        }
        case 5 -> client.start();
        case 6, 7 -> {
          if (!executor.isIdle()) {
            executor.runNext();
          }
        }
        case 8 -> client.read();
        default -> fail(operation, number);
      }
    }

    /** What goes wrong in a network. */
    private void fail(int operation, int number) {
      switch (operation) {
        case 9 -> client(number).disconnect();
        case 10 -> broker.loseNext();
        default -> broker.reset(destination(number));
      }
    }

    /** Everything arrives, and one more message everywhere shows what was missed. */
    void settle() {
      broker.aroundHistory(() -> {});
      clients.stream().filter(client -> !client.isConnected()).forEach(ModelClient::connect);
      clients.forEach(ModelClient::start);
      for (int round = 0; round < 2; round++) {
        broker.handOutAll();
        executor.runAll();
        DESTINATIONS.forEach(destination -> broker.publish(destination, 1));
        broker.handOutAll();
        executor.runAll();
      }
      for (ModelClient client : clients) {
        client.read();
        assertThat(client.isConnected()).isTrue();
        for (Destination destination : DESTINATIONS) {
          if (client.wants(destination)) {
            assertThat(client.last(destination)).isEqualTo(broker.top(destination));
          }
        }
      }
      assertThat(hub.subscriptions()).isEqualTo(clients.size());
      assertThat(broker.interests()).isEqualTo(clients.size());
      assertThat(metrics.gaps).isGreaterThanOrEqualTo(gaps());
    }

    int gaps() {
      return clients.stream().mapToInt(ModelClient::gaps).sum();
    }

    void end() {
      clients.forEach(ModelClient::disconnect);
      executor.runAll();
      assertThat(hub.subscriptions()).isZero();
      assertThat(broker.interests()).isZero();
    }
  }

  @Property(tries = 3000)
  void everyClientSeesAllOrIsToldOfAGap(
      @ForAll @Size(max = 100) List<@IntRange(max = 999) Integer> script,
      @ForAll @IntRange(max = 6) int historySize,
      @ForAll @IntRange(min = 1, max = 3) int page,
      @ForAll @IntRange(max = 4) int held,
      @ForAll Random random) {
    var world = new World(historySize, new ReplayLimits(page, held, Retry.BACKING_OFF));
    world.broker.aroundHistory(
        () -> {
          for (int i = random.nextInt(3); i > 0; i--) {
            int choice = random.nextInt(20);
            int operation = choice < 8 ? 0 : choice < 16 ? 2 : choice < 18 ? 10 : 11;
            world.step(operation, random.nextInt(100));
          }
        });
    for (int step : script) {
      world.step(step % 12, step / 12);
    }
    world.settle();
    world.end();
  }

  @Property(tries = 2000)
  void whoStaysIsNeverToldOfAGapWhenNothingGoesWrong(
      @ForAll @Size(max = 100) List<@IntRange(max = 999) Integer> script,
      @ForAll @IntRange(max = 2) int historySize,
      @ForAll Random random) {
    var world = new World(historySize, ReplayLimits.DEFAULT);
    world.broker.aroundHistory(
        () -> {
          for (int i = random.nextInt(3); i > 0; i--) {
            world.step(2 * random.nextInt(2), random.nextInt(100));
          }
        });
    for (int step : script) {
      world.step(step % 9, step / 9);
    }
    world.settle();
    assertThat(world.gaps()).isZero();
    assertThat(world.metrics.gaps).isZero();
    world.end();
  }
}
