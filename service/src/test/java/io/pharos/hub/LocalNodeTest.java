package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.UserName;
import io.pharos.presence.ConnectionInfo;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one node sees of its clients and does to them. */
class LocalNodeTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final MemoryBroker broker =
      new MemoryBroker(d -> new HistoryLimits(10, Duration.ofMinutes(1)), Clock.systemUTC());
  private final Hub hub = new Hub(broker, Runnable::run, Metrics.NONE);
  private final Sessions sessions = new Sessions(Clock.systemUTC());
  private final SessionFactory factory =
      new SessionFactory(
          sessions, hub, SessionLimits.DEFAULT, Runnable::run, System::nanoTime, Metrics.NONE);
  private final Drain drain = new Drain(sessions, timer);
  private final LocalNode node = new LocalNode("n1", "1", Instant.EPOCH, sessions, hub, drain);
  private final List<CloseReason> closed = new CopyOnWriteArrayList<>();

  LocalNodeTest() {
    broker.start(hub);
  }

  @AfterEach
  void endTimer() {
    timer.shutdownNow();
  }

  @Test
  void everyClientIsToldToGoAndTheNodeSaysThatItDrains() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      open("u" + i);
    }
    assertThat(node.node().draining()).isFalse();
    assertThat(drain.start(Duration.ZERO)).isEqualTo(5);
    timer.shutdown();
    assertThat(timer.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(closed).hasSize(5).containsOnly(CloseReason.SERVER_STOPPING);
    assertThat(node.node().draining()).isTrue();
    assertThat(node.node().connections()).isZero();
  }

  @Test
  void connectionsOfOneUserAreEndedAndNoOthers() {
    Session first = open("ann");
    open("ann");
    Session other = open("bob");
    assertThat(node.end(new Selection.User("ann"))).isEqualTo(2);
    assertThat(closed).containsExactly(CloseReason.KICKED, CloseReason.KICKED);
    assertThat(first.isOpen()).isFalse();
    assertThat(other.isOpen()).isTrue();
    assertThat(node.end(new Selection.Connection(other.id()))).isEqualTo(1);
    assertThat(node.end(new Selection.Connection(other.id()))).isZero();
  }

  @Test
  void subscribersAreFoundByNameAndByPatternOnce() {
    Session ann = open("ann");
    hub.subscribe(ann, "1", new DestinationPattern("/topic/a"), Resume.NOW);
    hub.subscribe(ann, "2", new DestinationPattern("/topic/*"), Resume.NOW);
    hub.subscribe(open("bob"), "1", new DestinationPattern("/topic/b"), Resume.NOW);
    assertThat(node.subscribers(Destination.of("/topic/a")))
        .containsExactly(new Subscriber("ann", ann.id(), "n1"));
    ann.close(CloseReason.CLIENT_DONE);
    assertThat(node.subscribers(Destination.of("/topic/a"))).isEmpty();
  }

  @Test
  void aConnectionTellsWhatItIsSubscribedTo() {
    Session ann = open("ann");
    hub.subscribe(ann, "1", new DestinationPattern("/topic/b"), Resume.NOW);
    hub.subscribe(ann, "2", new DestinationPattern("/topic/a"), Resume.NOW);
    ConnectionInfo info = node.connections().getFirst();
    assertThat(info.id()).isEqualTo(ann.id());
    assertThat(info.user()).isEqualTo("ann");
    assertThat(info.node()).isEqualTo("n1");
    assertThat(info.subscriptions()).containsExactly("/topic/a", "/topic/b");
  }

  private Session open(String user) {
    Session session =
        factory.open(
            new Connection() {
              @Override
              public void write(List<Outgoing> batch) {}

              @Override
              public List<Outgoing> farewell(CloseReason reason) {
                return List.of();
              }

              @Override
              public void close(CloseReason reason) {
                closed.add(reason);
              }
            });
    session.login(new Identity(new UserName(user), Rights.NONE, Instant.MAX, null));
    return session;
  }
}
