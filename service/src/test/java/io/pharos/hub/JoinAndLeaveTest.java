package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.UserName;
import io.pharos.presence.Announcer;
import io.pharos.presence.Attendance;
import io.pharos.presence.MemoryRoster;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import io.pharos.session.CloseReason;
import io.pharos.session.FakeConnection;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscribing and ending, and what a destination is told of them. */
@Timeout(300)
class JoinAndLeaveTest {
  private static final Destination CHAT = Destination.of("/topic/chat");

  private final MemoryBroker broker =
      new MemoryBroker(d -> new HistoryLimits(100, Duration.ofMinutes(1)), Clock.systemUTC());
  private final Attendance attendance = new Attendance(CHAT::equals);
  private final Hub hub = new Hub(broker, Runnable::run, Metrics.NONE, attendance);
  private final SessionFactory factory =
      new SessionFactory(
          new Sessions(Clock.systemUTC()),
          hub,
          SessionLimits.DEFAULT,
          Runnable::run,
          System::nanoTime,
          Metrics.NONE);
  private final Announcer announcer = new Announcer(attendance, new MemoryRoster(broker, "n1"));
  private final BlockingQueue<String> published = new LinkedBlockingQueue<>();

  JoinAndLeaveTest() {
    broker.start(
        (destination, batch) -> {
          hub.messages(destination, batch);
          batch.forEach(this::record);
        });
    // Nobody but the broker's listener hears what nobody is interested in.
    broker.subscribe(new DestinationPattern("/topic/**"));
    announcer.start();
  }

  @AfterEach
  void close() {
    announcer.close();
  }

  @Test
  void whoeverJoinsHearsOfItAndOfAllThatFollow() throws InterruptedException {
    var connection = new FakeConnection();
    Session ann = open("ann", connection);
    hub.subscribe(ann, "1", DestinationPattern.of(CHAT), Resume.NOW).start();
    assertThat(next()).isEqualTo("join ann");
    Session bob = open("bob", new FakeConnection());
    hub.subscribe(bob, "1", DestinationPattern.of(CHAT), Resume.NOW).start();
    assertThat(next()).isEqualTo("join bob");
    bob.close(CloseReason.CLIENT_DONE);
    assertThat(next()).isEqualTo("leave bob");
    assertThat(broker.history(CHAT, null, 10).messages()).hasSize(3);
  }

  @Test
  void unsubscribingLeavesAndPatternsNeverCame() throws InterruptedException {
    Session ann = open("ann", new FakeConnection());
    Feed feed = hub.subscribe(ann, "1", DestinationPattern.of(CHAT), Resume.NOW);
    hub.subscribe(ann, "2", new DestinationPattern("/topic/*"), Resume.NOW).start();
    assertThat(next()).isEqualTo("join ann");
    feed.close();
    assertThat(next()).isEqualTo("leave ann");
  }

  private Session open(String user, FakeConnection connection) {
    Session session = factory.open(connection);
    session.login(new Identity(new UserName(user), Rights.NONE, Instant.MAX, null));
    return session;
  }

  private void record(Message message) {
    String body = String.valueOf(message.body().textOrNull());
    for (String user : List.of("ann", "bob")) {
      if (body.contains("\"user\":\"" + user + "\"")) {
        published.add(message.headers().get("event") + " " + user);
      }
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(published.poll(60, TimeUnit.SECONDS));
  }
}
