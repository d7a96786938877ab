package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.session.FakeConnection;
import io.pharos.session.ManualExecutor;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import io.pharos.session.Subscription;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SubscriptionRegistryTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final ScriptedBroker broker = new ScriptedBroker(0);
  private final SubscriptionRegistry registry = new SubscriptionRegistry();
  private final Session session =
      new SessionFactory(
              new Sessions(Clock.systemUTC()),
              new Hub(broker, executor, Metrics.NONE),
              SessionLimits.DEFAULT,
              executor,
              () -> 0,
              Metrics.NONE)
          .open(new FakeConnection());

  private LogFeed feed(String pattern) {
    var subscription = new Subscription(session, "s", new DestinationPattern(pattern));
    var lanes =
        new Lanes(broker, executor, Metrics.NONE, ReplayLimits.DEFAULT, DeliverySettings.DEFAULT);
    return new LogFeed(subscription, lanes, Flow.AUTOMATIC);
  }

  private List<LogFeed> found(String destination) {
    return List.of(registry.find(Destination.of(destination)));
  }

  @Test
  void literalsAndPatternsAreFoundTogether() {
    LogFeed literal = feed("/topic/a");
    LogFeed same = feed("/topic/a");
    LogFeed pattern = feed("/topic/*");
    LogFeed deep = feed("/topic/*/b");
    List.of(literal, same, pattern, deep).forEach(registry::add);

    assertThat(found("/topic/a")).containsExactlyInAnyOrder(literal, same, pattern);
    assertThat(found("/topic/a/b")).containsExactly(deep);
    assertThat(found("/user/alice/queue/x")).isEmpty();
    assertThat(registry.size()).isEqualTo(4);
  }

  @Test
  void aFeedLeavesOnce() {
    LogFeed one = feed("/topic/a");
    LogFeed two = feed("/topic/a");
    LogFeed pattern = feed("/topic/*");
    List.of(one, two, pattern).forEach(registry::add);

    registry.remove(one);
    registry.remove(one);
    registry.remove(pattern);

    assertThat(found("/topic/a")).containsExactly(two);
    assertThat(registry.size()).isEqualTo(1);
    registry.remove(two);
    assertThat(found("/topic/a")).isEmpty();
    assertThat(registry.size()).isZero();
  }

  @Test
  void manyThreadsComeAndGo() throws Exception {
    LogFeed stays = feed("/topic/a");
    registry.add(stays);
    Callable<Boolean> work =
        () -> {
          for (int i = 0; i < 2_000; i++) {
            LogFeed feed = feed(i % 2 == 0 ? "/topic/a" : "/topic/*");
            registry.add(feed);
            assertThat(found("/topic/a")).contains(feed, stays);
            registry.remove(feed);
          }
          return true;
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var each : threads.invokeAll(List.of(work, work, work, work))) {
        assertThat(each.get()).isTrue();
      }
    }

    assertThat(found("/topic/a")).containsExactly(stays);
    assertThat(registry.size()).isEqualTo(1);
  }
}
