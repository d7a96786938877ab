package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.HandOut;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import io.pharos.session.CloseReason;
import io.pharos.session.Delivery;
import io.pharos.session.FakeConnection;
import io.pharos.session.ManualExecutor;
import io.pharos.session.Outgoing;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private static final Destination A = Destination.of("/topic/a");
  private static final String EPOCH = "e1";

  /** Three steps: two of 32 and a rest. */
  private static final int CLIENTS = 70;

  private final ManualExecutor executor = new ManualExecutor();
  private final ScriptedBroker broker = new ScriptedBroker(0);
  private final Sessions sessions = new Sessions(Clock.systemUTC());
  private final Hub hub = new Hub(broker, executor, Metrics.NONE);
  private final List<FakeConnection> clients = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();
  private long top;

  private Feed join(String pattern) {
    var client = new FakeConnection();
    clients.add(client);
    var session =
        new SessionFactory(sessions, hub, SessionLimits.DEFAULT, executor, () -> 0, Metrics.NONE)
            .open(client);
    Feed feed = hub.subscribe(session, "s", new DestinationPattern(pattern), Resume.NOW);
    feeds.add(feed);
    feed.start();
    executor.runAll();
    return feed;
  }

  private void join(int count) {
    for (int i = 0; i < count; i++) {
      join(A.value());
    }
  }

  private List<Message> next(int count) {
    return next(count, "x");
  }

  private List<Message> next(int count, String text) {
    var messages = new ArrayList<Message>();
    for (int i = 0; i < count; i++) {
      messages.add(
          new Message(new Position(EPOCH, ++top), Instant.EPOCH, Publication.text(A, text)));
    }
    return messages;
  }

  /** What each client got, by how many writes. */
  private String got(int client) {
    executor.runAll();
    List<Long> offsets = new ArrayList<>();
    for (Outgoing item : clients.get(client).written()) {
      offsets.add(((Delivery) item).message().position().offset());
    }
    return offsets + " in " + clients.get(client).writes().size();
  }

  @Test
  void eachStepReachesSomeAndAllOfThemAll() {
    join(CLIENTS);

    HandOut handOut = hub.handOut(A, next(2));

    assertThat(handOut.step()).isTrue();
    assertThat(got(31)).isEqualTo("[1, 2] in 1");
    assertThat(got(32)).isEqualTo("[] in 0");
    assertThat(handOut.step()).isTrue();
    assertThat(handOut.step()).isFalse();
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(got(i)).isEqualTo("[1, 2] in 1");
    }
  }

  @Test
  void whatComesMeanwhileGoesAlong() {
    join(CLIENTS);
    HandOut handOut = hub.handOut(A, next(1));
    handOut.step();
    executor.runAll();

    assertThat(handOut.add(next(1))).isTrue();
    assertThat(handOut.step()).isTrue();
    assertThat(handOut.add(next(1))).isTrue();
    handOut.all();

    assertThat(got(0)).isEqualTo("[1, 2, 3] in 2");
    assertThat(got(32)).isEqualTo("[1, 2, 3] in 1");
    assertThat(got(64)).isEqualTo("[1, 2, 3] in 1");
  }

  @Test
  void whatComesAfterSomebodyJoinedOrLeftWaitsForTheLastStep() {
    join(CLIENTS);
    HandOut first = hub.handOut(A, next(1));
    first.step();
    Feed late = join(A.value());
    assertThat(first.add(next(1))).isFalse();
    first.all();

    late.close();
    HandOut second = hub.handOut(A, List.of(message(2)));
    second.step();
    // They are the same again.
    join("/topic/*").close();
    assertThat(second.add(next(1))).isTrue();
    second.all();

    HandOut third = hub.handOut(A, next(1));
    third.step();
    feeds.get(69).close();
    assertThat(third.add(next(1))).isFalse();
    third.all();

    assertThat(got(0)).startsWith("[1, 2, 3, 4] in");
    assertThat(got(68)).startsWith("[1, 2, 3, 4] in");
    assertThat(got(69)).startsWith("[1, 2, 3] in");
  }

  @Test
  void oneSubscribersFaultDoesNotReachTheOthers() {
    join(CLIENTS);
    List<Message> fatal = next(1);
    HandOut handOut =
        hub.handOut(
            A,
            new AbstractList<>() {
              private int asked;

              @Override
              public Message get(int index) {
                asked++;
                if (asked == 1) {
                  throw new StackOverflowError("as the test wants it");
                }
                return fatal.get(index);
              }

              @Override
              public int size() {
                return 1;
              }
            });

    handOut.all();

    executor.runAll();
    assertThat(clients.getFirst().closes()).containsExactly(CloseReason.SERVER_ERROR);
    assertThat(got(1)).isEqualTo("[1] in 1");
    assertThat(got(69)).isEqualTo("[1] in 1");
  }

  private static Message message(long offset) {
    return new Message(new Position(EPOCH, offset), Instant.EPOCH, Publication.text(A, "x"));
  }

  @Test
  void noMoreGoesRoundThanABoundedNumberOfMessagesAndBytes() {
    join(CLIENTS);
    HandOut many = hub.handOut(A, next(200));
    assertThat(many.add(next(57))).isFalse();
    assertThat(many.add(next(56))).isTrue();
    assertThat(many.add(next(1))).isFalse();

    HandOut large = hub.handOut(A, next(1, "x".repeat(1 << 19)));
    assertThat(large.add(next(1, "x".repeat(1 << 19)))).isFalse();
    assertThat(large.add(next(1))).isTrue();
  }

  @Test
  void toNobodyThereIsNoStep() {
    HandOut handOut = hub.handOut(A, next(1));
    assertThat(handOut.step()).isFalse();
  }

  /** Whenever more comes: each gets all, in order, once. */
  @Property(tries = 200)
  void everybodyGetsAllInOrderOnce(
      @ForAll @IntRange(min = 1, max = 150) int subscribers,
      @ForAll @Size(max = 30) List<@IntRange(max = 3) Integer> arrivals) {
    // One object serves all tries of a property.
    new BroadcastTest().everybodyGetsAll(subscribers, arrivals);
  }

  private void everybodyGetsAll(int subscribers, List<Integer> arrivals) {
    join(subscribers);
    HandOut handOut = hub.handOut(A, next(1));
    boolean more = handOut.step();
    for (int arrival : arrivals) {
      if (!more) {
        handOut = hub.handOut(A, next(1));
      } else if (arrival > 0) {
        assertThat(handOut.add(next(arrival))).isTrue();
      }
      more = handOut.step();
    }
    if (more) {
      handOut.all();
    }

    String all = LongStream.rangeClosed(1, top).boxed().toList() + " in ";
    for (int i = 0; i < subscribers; i++) {
      assertThat(got(i)).startsWith(all);
    }
  }
}
