package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every broker must keep, asked through the port alone. Messages may be handed out by another
 * thread and later than publishing returns; whatever nobody is interested in may be handed out or
 * not.
 */
abstract class BrokerContract {
  private static final Destination TOPIC = Destination.of("/topic/prices");
  private static final Destination OTHER = Destination.of("/topic/news");
  private static final Destination BARE = Destination.of("/topic/bare");
  private static final Destination SHORT = Destination.of("/topic/short");
  private static final int SIZE = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RecordingListener listener = new RecordingListener();
  private @Nullable Broker broker;

  /** A broker over a log that holds nothing yet; not started. */
  abstract Broker create(Function<Destination, HistoryLimits> limits) throws Exception;

  /** How long a message is retained when a test waits for its end. */
  abstract Duration shortTtl();

  /** Lets so much time pass, as the log's clock sees it. */
  abstract void elapse(Duration time) throws InterruptedException;

  private HistoryLimits limits(Destination destination) {
    int size = destination.equals(BARE) ? 0 : destination.equals(OTHER) ? 5000 : SIZE;
    return new HistoryLimits(size, destination.equals(SHORT) ? shortTtl() : Duration.ofMinutes(5));
  }

  @BeforeEach
  final void start() throws Exception {
    broker = create(this::limits);
    broker.start(listener);
  }

  @AfterEach
  final void stop() {
    broker().close();
  }

  final Broker broker() {
    return Objects.requireNonNull(broker);
  }

  private Interest subscribe(Destination destination) {
    return broker().subscribe(DestinationPattern.of(destination));
  }

  private Published publish(Destination destination, String body) {
    return broker().publish(List.of(Publication.text(destination, body))).getFirst();
  }

  private static Publication keyed(Destination destination, String body, String key) {
    return new Publication(destination, Body.of(body), null, Headers.NONE, key);
  }

  private void publishMany(Destination destination, int count) {
    for (int i = 1; i <= count; i++) {
      publish(destination, Integer.toString(i));
    }
  }

  private History history(Destination destination, @Nullable Position after) {
    return broker().history(destination, after, 10_000);
  }

  private static List<String> bodies(List<Message> messages) {
    return messages.stream().map(message -> String.valueOf(message.body().textOrNull())).toList();
  }

  private static List<Position> positions(List<Message> messages) {
    return messages.stream().map(Message::position).toList();
  }

  private static void assertContiguous(List<Message> messages) {
    for (int i = 1; i < messages.size(); i++) {
      assertThat(messages.get(i).position()).isEqualTo(messages.get(i - 1).position().next());
      assertThat(messages.get(i).timestamp()).isAfterOrEqualTo(messages.get(i - 1).timestamp());
    }
  }

  private static void inParallel(int threads, Callable<?> work) throws Exception {
    try (var executor = Executors.newFixedThreadPool(threads)) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < threads; i++) {
        running.add(executor.submit(work));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  @Test
  void offsetsStartAtOneAndFollowEachOtherInOneEpoch() {
    Position first = publish(TOPIC, "a").position();
    Position second = publish(TOPIC, "b").position();

    assertThat(first.offset()).isEqualTo(1);
    assertThat(second).isEqualTo(first.next());
  }

  @Test
  void eachDestinationCountsForItself() {
    publish(TOPIC, "a");

    assertThat(publish(OTHER, "b").position().offset()).isEqualTo(1);
    assertThat(publish(Destination.of("/user/alice/queue/x"), "c").position().offset())
        .isEqualTo(1);
  }

  @Test
  void aMessageIsHandedOutAsItWasPublished() throws Exception {
    var headers = new LinkedHashMap<String, String>();
    headers.put("zebra", "1");
    headers.put("event", "price");
    headers.put("Alpha", "ü : \\ \ud83d\ude00");
    headers.put("empty", "");
    Publication publication =
        new Publication(TOPIC, Body.of("grüße"), "text/plain", new Headers(headers), "key");
    subscribe(TOPIC);

    Published published = broker().publish(List.of(publication)).getFirst();

    Message live = listener.await(TOPIC, 1).getFirst();
    Message stored = history(TOPIC, null).messages().getFirst();
    assertThat(published).isEqualTo(new Published(TOPIC, live.position(), false));
    for (Message message : List.of(live, stored)) {
      assertThat(message.position()).isEqualTo(published.position());
      assertThat(message.destination()).isEqualTo(TOPIC);
      assertThat(message.body()).isEqualTo(Body.of("grüße"));
      assertThat(message.contentType()).isEqualTo("text/plain");
      assertThat(message.headers().values()).isEqualTo(headers);
      assertThat(message.headers().values().keySet())
          .containsExactly("zebra", "event", "Alpha", "empty");
    }
    assertThat(stored.timestamp()).isEqualTo(live.timestamp());
  }

  @Test
  void anUnnamedContentTypeStaysUnnamed() throws Exception {
    subscribe(TOPIC);
    publish(TOPIC, "");

    assertThat(listener.await(TOPIC, 1).getFirst().contentType()).isNull();
    assertThat(history(TOPIC, null).messages().getFirst().contentType()).isNull();
    assertThat(history(TOPIC, null).messages().getFirst().body().length()).isZero();
  }

  @Test
  void largeAndBinaryBodiesSurvive() throws Exception {
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    subscribe(TOPIC);

    for (byte[] body : List.of(large, every)) {
      broker().publish(List.of(new Publication(TOPIC, Body.wrap(body), null, Headers.NONE, null)));
    }

    assertThat(listener.await(TOPIC, 2).stream().map(Message::body))
        .containsExactly(Body.wrap(large), Body.wrap(every));
    assertThat(history(TOPIC, null).messages().stream().map(Message::body))
        .containsExactly(Body.wrap(large), Body.wrap(every));
  }

  @Test
  void concurrentPublishersAgreeOnOneOrderWithTheListenerAndTheHistory() throws Exception {
    int each = 250;
    var answers = new HashMap<Position, String>();
    subscribe(OTHER);

    inParallel(
        4,
        () -> {
          for (int i = 0; i < each; i++) {
            String body = Thread.currentThread().getName() + i;
            Position position = publish(OTHER, body).position();
            synchronized (answers) {
              assertThat(answers.put(position, body)).isNull();
            }
          }
          return true;
        });

    List<Message> received = listener.await(OTHER, 4 * each);
    assertThat(received.getFirst().position().offset()).isEqualTo(1);
    assertContiguous(received);
    for (Message message : received) {
      assertThat(answers).containsEntry(message.position(), message.body().textOrNull());
    }
    History history = history(OTHER, null);
    assertThat(positions(history.messages())).isEqualTo(positions(received));
    assertThat(bodies(history.messages())).isEqualTo(bodies(received));
    assertContiguous(history.messages());
  }

  @Test
  void aBatchMayNameSeveralDestinationsAndIsAnsweredInItsOrder() throws Exception {
    subscribe(TOPIC);
    subscribe(OTHER);

    List<Published> answers =
        broker()
            .publish(
                List.of(
                    Publication.text(TOPIC, "t1"),
                    Publication.text(TOPIC, "t2"),
                    Publication.text(OTHER, "o1"),
                    Publication.text(TOPIC, "t3"),
                    Publication.text(OTHER, "o2")));

    assertThat(answers.stream().map(Published::destination))
        .containsExactly(TOPIC, TOPIC, OTHER, TOPIC, OTHER);
    assertThat(answers.stream().map(answer -> answer.position().offset()))
        .containsExactly(1L, 2L, 1L, 3L, 2L);
    assertThat(bodies(listener.await(TOPIC, 3))).containsExactly("t1", "t2", "t3");
    assertThat(bodies(listener.await(OTHER, 2))).containsExactly("o1", "o2");
  }

  @Test
  void anEmptyBatchIsNothing() {
    assertThat(broker().publish(List.of())).isEmpty();
  }

  @Test
  void aBatchBeyondTheHistoryIsHandedOutAsAWhole() throws Exception {
    subscribe(TOPIC);
    var batch = new ArrayList<Publication>();
    for (int i = 1; i <= 3 * SIZE; i++) {
      batch.add(Publication.text(TOPIC, Integer.toString(i)));
    }

    broker().publish(batch);

    assertContiguous(listener.await(TOPIC, 3 * SIZE));
    assertThat(history(TOPIC, null).messages()).hasSize(SIZE);
  }

  @Test
  void historyIsReadAfterAPositionAndUpToALimit() {
    publishMany(TOPIC, SIZE);
    Position start = history(TOPIC, null).start();
    Position third = new Position(start.epoch(), 3);

    History page = broker().history(TOPIC, third, 2);

    assertThat(start.offset()).isZero();
    assertThat(page.complete()).isTrue();
    assertThat(bodies(page.messages())).containsExactly("4", "5");
    assertThat(page.start()).isEqualTo(start);
    assertThat(page.top()).isEqualTo(new Position(start.epoch(), SIZE));
    assertThat(bodies(broker().history(TOPIC, null, 2).messages())).containsExactly("1", "2");
    assertThat(history(TOPIC, third).messages()).hasSize(SIZE - 3);
  }

  @Test
  void aLimitOfZeroAsksForTheBoundsAlone() {
    publishMany(TOPIC, 3);

    History bounds = broker().history(TOPIC, null, 0);

    assertThat(bounds.messages()).isEmpty();
    assertThat(bounds.complete()).isTrue();
    assertThat(bounds.start().offset()).isZero();
    assertThat(bounds.top().offset()).isEqualTo(3);
    assertThat(broker().history(TOPIC, bounds.top().next(), 0).complete()).isFalse();
  }

  @Test
  void boundsOfManyAreThoseOfEachInTheirOrder() {
    List<Destination> many = List.of(BARE, TOPIC, Destination.of("/topic/none"), OTHER);
    publish(BARE, "x");
    publishMany(TOPIC, SIZE + 2);
    publish(OTHER, "x");

    List<History> bounds = broker().bounds(many);

    assertThat(bounds).containsExactlyElementsOf(many.stream().map(this::bounds).toList());
    assertThat(bounds.get(1).start().offset()).isEqualTo(2);
    assertThat(bounds.get(1).top().offset()).isEqualTo(SIZE + 2);
    assertThat(bounds.get(2).top().offset()).isZero();
    assertThat(broker().bounds(List.of())).isEmpty();
  }

  final History bounds(Destination destination) {
    return broker().history(destination, null, 0);
  }

  @Test
  void nothingComesAfterTheTop() {
    Position top = publish(TOPIC, "a").position();

    History history = history(TOPIC, top);

    assertThat(history.complete()).isTrue();
    assertThat(history.messages()).isEmpty();
  }

  @Test
  void onlyTheNewestMessagesAreRetained() {
    publishMany(TOPIC, SIZE + 3);

    History all = history(TOPIC, null);
    String epoch = all.top().epoch();
    History justComplete = history(TOPIC, new Position(epoch, 3));
    History trimmed = history(TOPIC, new Position(epoch, 2));

    assertThat(all.complete()).isTrue();
    assertThat(all.start().offset()).isEqualTo(3);
    assertThat(all.top().offset()).isEqualTo(SIZE + 3);
    assertThat(all.messages()).hasSize(SIZE);
    assertThat(bodies(all.messages())).startsWith("4").endsWith("13");
    assertThat(justComplete.complete()).isTrue();
    assertThat(positions(justComplete.messages())).isEqualTo(positions(all.messages()));
    assertThat(trimmed.complete()).isFalse();
    assertThat(positions(trimmed.messages())).isEqualTo(positions(all.messages()));
  }

  @Test
  void messagesAreForgottenAtTheirAgeAndTheirOffsetsAreNot() throws Exception {
    Position second = second(SHORT);

    elapse(shortTtl().multipliedBy(2));

    History history = history(SHORT, null);
    assertThat(history.messages()).isEmpty();
    assertThat(history.start()).isEqualTo(second);
    assertThat(history.top()).isEqualTo(second);
    assertThat(history(SHORT, second).complete()).isTrue();
    assertThat(history(SHORT, second.previous()).complete()).isFalse();
    assertThat(publish(SHORT, "c").position()).isEqualTo(second.next());
  }

  private Position second(Destination destination) {
    publish(destination, "a");
    return publish(destination, "b").position();
  }

  @Test
  void withoutHistoryMessagesAreHandedOutAndNotKept() throws Exception {
    subscribe(BARE);
    Position second = second(BARE);

    assertThat(bodies(listener.await(BARE, 2))).containsExactly("a", "b");
    History history = history(BARE, null);
    assertThat(history.messages()).isEmpty();
    assertThat(history.start()).isEqualTo(second);
    assertThat(history.top()).isEqualTo(second);
    assertThat(history(BARE, second).complete()).isTrue();
    assertThat(history(BARE, second.previous()).complete()).isFalse();
  }

  @Test
  void aBrokerSaysWhereItKeepsHistory() {
    assertThat(broker().retains(TOPIC)).isTrue();
    assertThat(broker().retains(BARE)).isFalse();
  }

  @Test
  void aPositionOfAnotherEpochIsAnsweredWithWhatIsLeft() {
    publishMany(TOPIC, 3);

    History history = history(TOPIC, new Position("0lost0", 2));

    assertThat(history.complete()).isFalse();
    assertThat(bodies(history.messages())).containsExactly("1", "2", "3");
  }

  @Test
  void aPositionBeyondTheTopIsAnsweredWithWhatIsLeft() {
    Position top = publish(TOPIC, "a").position();

    History history = history(TOPIC, top.next());

    assertThat(history.complete()).isFalse();
    assertThat(bodies(history.messages())).containsExactly("a");
    assertThat(history(TOPIC, new Position(top.epoch(), Position.MAX_OFFSET)).complete()).isFalse();
  }

  @Test
  void aDestinationHasItsEpochBeforeItsFirstMessage() {
    History before = history(TOPIC, null);

    assertThat(before.top().offset()).isZero();
    assertThat(before.start()).isEqualTo(before.top());
    assertThat(history(TOPIC, null).top()).isEqualTo(before.top());
    assertThat(publish(TOPIC, "a").position()).isEqualTo(before.top().next());
    assertThat(history(TOPIC, before.top()).complete()).isTrue();
    assertThat(history(TOPIC, before.top()).messages()).hasSize(1);
  }

  @Test
  void pagesReadWhilePublishingGoesOnJoinWithoutHoleOrDuplicate() throws Exception {
    int count = 1000;
    Position at = history(OTHER, null).start();
    var read = new ArrayList<Message>();
    try (var executor = Executors.newSingleThreadExecutor()) {
      Future<?> publishing = executor.submit(() -> publishMany(OTHER, count));
      while (read.size() < count) {
        History page = broker().history(OTHER, at, 7);
        assertThat(page.complete()).isTrue();
        read.addAll(page.messages());
        at = read.isEmpty() ? at : read.getLast().position();
        if (publishing.isDone()) {
          publishing.get();
        }
      }
    }
    assertThat(read).hasSize(count);
    assertThat(read.getFirst().position().offset()).isEqualTo(1);
    assertContiguous(read);
  }

  @Test
  void anIdempotencyKeyStoresOnce() throws Exception {
    subscribe(TOPIC);
    Published first = broker().publish(List.of(keyed(TOPIC, "a", "k"))).getFirst();
    Published second = broker().publish(List.of(keyed(TOPIC, "changed", "k"))).getFirst();
    publish(TOPIC, "b");

    assertThat(first.duplicate()).isFalse();
    assertThat(second).isEqualTo(new Published(TOPIC, first.position(), true));
    assertThat(bodies(listener.await(TOPIC, 2))).containsExactly("a", "b");
    assertThat(bodies(history(TOPIC, null).messages())).containsExactly("a", "b");
  }

  @Test
  void anIdempotencyKeyHoldsWithinOneBatch() throws Exception {
    subscribe(TOPIC);

    List<Published> answers =
        broker()
            .publish(
                List.of(
                    keyed(TOPIC, "a", "k"),
                    keyed(TOPIC, "b", "l"),
                    keyed(TOPIC, "c", "k"),
                    Publication.text(TOPIC, "d")));

    assertThat(answers.stream().map(Published::duplicate))
        .containsExactly(false, false, true, false);
    assertThat(answers.stream().map(answer -> answer.position().offset()))
        .containsExactly(1L, 2L, 1L, 3L);
    assertThat(bodies(listener.await(TOPIC, 3))).containsExactly("a", "b", "d");
  }

  @Test
  void anIdempotencyKeyBelongsToItsDestination() {
    broker().publish(List.of(keyed(TOPIC, "a", "k")));

    assertThat(broker().publish(List.of(keyed(OTHER, "a", "k"))).getFirst().duplicate()).isFalse();
  }

  @Test
  void anIdempotencyKeyHoldsWithoutHistory() throws Exception {
    subscribe(BARE);
    Published first = broker().publish(List.of(keyed(BARE, "a", "k"))).getFirst();

    assertThat(broker().publish(List.of(keyed(BARE, "a", "k"))).getFirst())
        .isEqualTo(new Published(BARE, first.position(), true));
    publish(BARE, "b");
    assertThat(bodies(listener.await(BARE, 2))).containsExactly("a", "b");
  }

  @Test
  void concurrentPublicationsOfOneKeyAreOneMessage() throws Exception {
    int rounds = 50;
    var answers = new ArrayList<Published>();
    subscribe(OTHER);

    inParallel(
        4,
        () -> {
          for (int i = 0; i < rounds; i++) {
            Published answer = broker().publish(List.of(keyed(OTHER, "x", "k" + i))).getFirst();
            synchronized (answers) {
              answers.add(answer);
            }
          }
          return true;
        });

    assertThat(answers.stream().filter(answer -> !answer.duplicate())).hasSize(rounds);
    assertThat(answers.stream().map(Published::position).distinct()).hasSize(rounds);
    assertContiguous(listener.await(OTHER, rounds));
  }

  @Test
  void interestsAreCounted() throws Exception {
    Interest one = subscribe(TOPIC);
    Interest two = subscribe(TOPIC);

    one.close();
    one.close();
    publish(TOPIC, "a");

    assertThat(bodies(listener.await(TOPIC, 1))).containsExactly("a");
    two.close();
  }

  @Test
  void interestCanComeBackAndGoesOnInOrder() throws Exception {
    subscribe(TOPIC).close();
    publish(TOPIC, "unheard, or heard late");

    subscribe(TOPIC);
    Position second = publish(TOPIC, "b").position();

    List<Message> heard = listener.awaitUpTo(TOPIC, second);
    assertContiguous(heard);
    assertThat(heard.getLast().position()).isEqualTo(second);
  }

  @Test
  void aPatternIsAnInterestInDestinationsThatAreStillToCome() throws Exception {
    broker().subscribe(new DestinationPattern("/topic/*/new"));
    Destination added = Destination.of("/topic/x/new");

    publish(added, "a");
    publish(added, "b");

    assertThat(bodies(listener.await(added, 2))).containsExactly("a", "b");
  }

  @Test
  void overlappingInterestsHandAMessageOutOnce() throws Exception {
    subscribe(TOPIC);
    broker().subscribe(new DestinationPattern("/topic/*"));
    broker().subscribe(new DestinationPattern("/topic/**"));

    publish(TOPIC, "a");
    publish(TOPIC, "b");

    assertThat(bodies(listener.await(TOPIC, 2))).containsExactly("a", "b");
  }

  @Test
  void aUsersQueueIsHandedOutToo() throws Exception {
    Destination queue = Destination.of("/user/a%2Fb/queue/x");
    subscribe(queue);

    publish(queue, "a");

    assertThat(bodies(listener.await(queue, 1))).containsExactly("a");
  }

  @Test
  void destinationsAreFoundByPattern() {
    assertThat(broker().destinations(new DestinationPattern("/topic/**"))).isEmpty();
    publish(TOPIC, "a");
    publish(BARE, "b");
    publish(Destination.of("/topic/deep/x"), "c");
    publish(Destination.of("/user/alice/queue/x"), "d");

    assertThat(broker().destinations(new DestinationPattern("/topic/*")))
        .containsExactlyInAnyOrder(TOPIC, BARE);
    assertThat(broker().destinations(new DestinationPattern("/topic/**")))
        .containsExactlyInAnyOrder(TOPIC, BARE, Destination.of("/topic/deep/x"));
    assertThat(broker().destinations(DestinationPattern.of(TOPIC))).containsExactly(TOPIC);
    assertThat(broker().destinations(DestinationPattern.of(OTHER))).isEmpty();
  }

  @Test
  void aListenerThatThrowsHarmsNeitherPublisherNorWhatComesNext() throws Exception {
    subscribe(TOPIC);
    listener.failOnNext(1);

    Position first = publish(TOPIC, "a").position();
    Position second = publish(TOPIC, "b").position();

    assertThat(positions(listener.await(TOPIC, 2))).containsExactly(first, second);
    assertThat(history(TOPIC, null).messages()).hasSize(2);
  }

  /** It may still be connecting, and says so; what it is asked for meanwhile waits. */
  @Test
  void aRunningBrokerSaysSo() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        broker().check();
        return;
      } catch (PharosException e) {
        assertThat(e.code()).isEqualTo(PharosException.Code.UNAVAILABLE);
        assertThat(System.nanoTime()).as("still waiting after: %s", e).isLessThan(end);
        Thread.sleep(5);
      }
    }
  }

  @Test
  void aClosedBrokerIsUnavailable() {
    publish(TOPIC, "a");
    broker().close();

    Map<String, ThrowingCallable> calls =
        Map.of(
            "publish", () -> publish(TOPIC, "b"),
            "publish nothing", () -> broker().publish(List.of()),
            "history", () -> history(TOPIC, null),
            "destinations", () -> broker().destinations(new DestinationPattern("/**")),
            "subscribe", () -> subscribe(TOPIC),
            "check", () -> broker().check());
    calls.forEach(
        (name, call) ->
            assertThatExceptionOfType(PharosException.class)
                .as(name)
                .isThrownBy(call)
                .extracting(PharosException::code)
                .isEqualTo(PharosException.Code.UNAVAILABLE));
  }

  @Test
  void closingTwiceIsClosing() {
    Interest interest = subscribe(TOPIC);
    broker().close();

    assertThatCode(() -> broker().close()).doesNotThrowAnyException();
    assertThatCode(interest::close).doesNotThrowAnyException();
  }
}
