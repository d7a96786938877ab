package io.pharos.queue;

import static io.pharos.message.Outcome.ACKNOWLEDGED;
import static io.pharos.message.Outcome.REJECTED;
import static io.pharos.message.Outcome.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.pharos.broker.Published;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all work queues must keep, asked through the port alone. */
abstract class WorkQueuesContract {
  static final Destination WORK = Destination.of("/queue/work");
  private static final Destination OTHER = Destination.of("/queue/other");
  private static final Destination DEAD = Destination.of("/queue/DLQ.work");
  private static final int MAX = 10;
  private static final int DELIVERIES = 3;

  private @Nullable WorkQueues queues;

  /** Queues that hold nothing yet. */
  abstract WorkQueues create(QueueLimits limits) throws Exception;

  /** How long a message may wait when a test waits for its end. */
  abstract Duration ttl();

  /** Lets so much time pass, as the queues' clock sees it. */
  abstract void elapse(Duration time) throws InterruptedException;

  @BeforeEach
  final void start() throws Exception {
    queues = create(new QueueLimits(MAX, Duration.ofDays(7), DELIVERIES));
  }

  @AfterEach
  final void stop() {
    queues().close();
  }

  final WorkQueues queues() {
    return Objects.requireNonNull(queues);
  }

  private TestConsumer consumer(Destination queue, int window) {
    return new TestConsumer(queues(), queue, window);
  }

  private List<Published> publish(Destination queue, String... bodies) {
    var batch = new ArrayList<Publication>();
    for (String body : bodies) {
      batch.add(Publication.text(queue, body));
    }
    return queues().publish(batch);
  }

  private static String[] numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toArray(String[]::new);
  }

  private static Publication keyed(String body, String key) {
    return new Publication(WORK, Body.of(body), null, Headers.NONE, key);
  }

  private static void assertRefused(PharosException.Code code, ThrowingCallable call) {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).as(e.detail()).isEqualTo(code));
  }

  private void assertHolds(Destination queue, long depth, long pending, int consumers) {
    QueueStatus expected = new QueueStatus(queue, depth, pending, consumers);
    QueueStatus status =
        queues().status().stream()
            .filter(each -> each.queue().equals(queue))
            .findFirst()
            .orElse(new QueueStatus(queue, 0, 0, 0));
    assertThat(status).isEqualTo(expected);
  }

  @Test
  void messagesWaitForTheirFirstConsumerInOrder() throws Exception {
    publish(WORK, "1", "2");
    publish(WORK, "3");

    TestConsumer consumer = consumer(WORK, 10);

    for (String body : numbers(1, 3)) {
      assertThat(consumer.take(body).deliveries()).isEqualTo(1);
    }
    publish(WORK, "4");
    consumer.take("4");
  }

  @Test
  void aMessageIsHandedOutAsItWasPublishedWithThePositionThatWasAnswered() throws Exception {
    var headers = new Headers(Map.of("a", "b", "c", "ä€"));
    byte[] bytes = {0, (byte) 0xff, 10, 13};
    Published answer =
        queues()
            .publish(List.of(new Publication(WORK, Body.wrap(bytes), "image/x", headers, null)))
            .getFirst();

    Message message = consumer(WORK, 1).take().message();

    assertThat(message.destination()).isEqualTo(WORK);
    assertThat(message.position()).isEqualTo(answer.position());
    assertThat(message.body().bytes()).isEqualTo(bytes);
    assertThat(message.contentType()).isEqualTo("image/x");
    assertThat(message.headers()).isEqualTo(headers);
    assertThat(answer.destination()).isEqualTo(WORK);
    assertThat(answer.duplicate()).isFalse();
  }

  @Test
  void eachMessageGoesToOneConsumer() throws Exception {
    TestConsumer one = consumer(WORK, 3);
    TestConsumer two = consumer(WORK, 3);

    publish(WORK, numbers(1, 6));

    var bodies = new HashSet<String>();
    one.take(3).forEach(lease -> bodies.add(TestConsumer.body(lease)));
    two.take(3).forEach(lease -> bodies.add(TestConsumer.body(lease)));
    assertThat(bodies).containsExactlyInAnyOrder(numbers(1, 6));
  }

  @Test
  void aConsumerHoldsNoMoreThanItsWindow() throws Exception {
    TestConsumer consumer = consumer(WORK, 2);
    publish(WORK, numbers(1, 4));
    Lease first = consumer.take("1");
    consumer.take("2");
    assertHolds(WORK, 2, 2, 1);
    assertThat(consumer.untaken()).isEmpty();

    consumer.settle(first, ACKNOWLEDGED);

    consumer.take("3");
    assertHolds(WORK, 1, 2, 1);
    assertThat(consumer.untaken()).isEmpty();
  }

  @Test
  void whatIsAcknowledgedIsGone() throws Exception {
    TestConsumer consumer = consumer(WORK, 5);
    publish(WORK, "1", "2", "3");

    consumer.settle(consumer.take(3), ACKNOWLEDGED);
    consumer.close();

    assertHolds(WORK, 0, 0, 0);
    publish(WORK, "4");
    assertThat(consumer(WORK, 5).take("4").deliveries()).isEqualTo(1);
  }

  @Test
  void aReturnedMessageComesAgainBeforeLaterOnesAndSaysSo() throws Exception {
    TestConsumer consumer = consumer(WORK, 1);
    publish(WORK, "1", "2");

    consumer.settle(consumer.take("1"), RETURNED);

    Lease again = consumer.take("1");
    assertThat(again.deliveries()).isEqualTo(2);
    consumer.settle(again, ACKNOWLEDGED);
    assertThat(consumer.take("2").deliveries()).isEqualTo(1);
  }

  @Test
  void aConsumerThatEndsGivesBackWhatItHolds() throws Exception {
    TestConsumer lost = consumer(WORK, 2);
    publish(WORK, "1", "2", "3");
    List<Lease> held = lost.take(2);

    lost.close();
    lost.close();
    TestConsumer next = consumer(WORK, 3);

    assertThat(next.take(3))
        .extracting(TestConsumer::body, Lease::deliveries)
        .containsExactly(tuple("1", 2), tuple("2", 2), tuple("3", 1));
    assertThat(lost.untaken()).isEmpty();

    lost.settle(held, ACKNOWLEDGED);
    assertHolds(WORK, 0, 3, 1);
  }

  @Test
  void settlingTwiceDoesNothing() throws Exception {
    TestConsumer consumer = consumer(WORK, 1);
    publish(WORK, "1", "2");
    Lease first = consumer.take("1");
    consumer.settle(first, ACKNOWLEDGED);
    consumer.take("2");

    consumer.settle(first, RETURNED);
    consumer.settle(first, ACKNOWLEDGED);

    assertHolds(WORK, 0, 1, 1);
  }

  @Test
  void aMessageThatWasHandedOutTooOftenBecomesADeadLetter() throws Exception {
    TestConsumer consumer = consumer(WORK, 1);
    Published answer = publish(WORK, "poison", "good").getFirst();

    for (int i = 1; i <= DELIVERIES; i++) {
      Lease lease = consumer.take("poison");
      assertThat(lease.deliveries()).isEqualTo(i);
      consumer.settle(lease, RETURNED);
    }

    consumer.take("good");
    Message dead = consumer(DEAD, 1).take("poison").message();
    assertThat(dead.destination()).isEqualTo(DEAD);
    assertThat(dead.headers().values())
        .containsEntry("dead-letter-reason", "max-deliveries")
        .containsEntry("dead-letter-queue", "/queue/work")
        .containsEntry("dead-letter-id", answer.position().toString())
        .containsEntry("dead-letter-deliveries", "3");
  }

  @Test
  void aRejectedMessageBecomesADeadLetterWithAllItsHeaders() throws Exception {
    var full = new HashMap<String, String>();
    for (int i = 0; i < Headers.MAX_COUNT; i++) {
      full.put("h" + i, "v" + i);
    }
    queues()
        .publish(List.of(new Publication(WORK, Body.of("bad"), "text/x", new Headers(full), null)));
    TestConsumer consumer = consumer(WORK, 1);

    consumer.settle(consumer.take("bad"), REJECTED);

    Message dead = consumer(DEAD, 1).take("bad").message();
    assertThat(dead.contentType()).isEqualTo("text/x");
    assertThat(dead.headers().values())
        .containsAllEntriesOf(full)
        .containsEntry("dead-letter-reason", "rejected")
        .containsEntry("dead-letter-deliveries", "1");
    assertHolds(WORK, 0, 0, 1);
  }

  @Test
  void aDeadLetterStaysInItsQueueUntilItIsAcknowledgedOrRejected() throws Exception {
    publish(DEAD, "1", "2");
    TestConsumer consumer = consumer(DEAD, 1);

    for (int i = 0; i < 2 * DELIVERIES; i++) {
      consumer.settle(consumer.take("1"), RETURNED);
    }
    consumer.settle(consumer.take("1"), REJECTED);
    consumer.settle(consumer.take("2"), ACKNOWLEDGED);

    assertHolds(DEAD, 0, 0, 1);
    assertThat(queues().status()).hasSize(1);
  }

  @Test
  void aFullQueueRefusesPublishersAndNothingIsStored() throws Exception {
    publish(WORK, numbers(1, MAX - 1));
    TestConsumer consumer = consumer(WORK, 2);
    List<Lease> held = consumer.take(2);

    assertRefused(PharosException.Code.LIMIT_EXCEEDED, () -> publish(WORK, "x", "y"));
    assertRefused(
        PharosException.Code.LIMIT_EXCEEDED,
        () ->
            queues()
                .publish(
                    List.of(
                        Publication.text(OTHER, "other"),
                        Publication.text(WORK, "x"),
                        Publication.text(WORK, "y"))));

    assertHolds(OTHER, 0, 0, 0);
    publish(WORK, "last");
    assertHolds(WORK, MAX - 2, 2, 1);
    assertRefused(PharosException.Code.LIMIT_EXCEEDED, () -> publish(WORK, "x"));

    consumer.settle(held, ACKNOWLEDGED);

    publish(WORK, "x", "y");
  }

  @Test
  void aFullDeadLetterQueueLosesItsOldest() throws Exception {
    publish(DEAD, numbers(1, MAX));
    publish(WORK, "new");
    TestConsumer consumer = consumer(WORK, 1);
    consumer.settle(consumer.take("new"), REJECTED);

    List<Lease> dead = consumer(DEAD, MAX).take(MAX);

    assertThat(dead.getFirst())
        .satisfies(lease -> assertThat(TestConsumer.body(lease)).isEqualTo("2"));
    assertThat(dead.getLast())
        .satisfies(lease -> assertThat(TestConsumer.body(lease)).isEqualTo("new"));
  }

  @Test
  void anIdempotencyKeyYieldsOneMessageEvenAfterItIsDone() throws Exception {
    Published first = queues().publish(List.of(keyed("1", "k"))).getFirst();
    TestConsumer consumer = consumer(WORK, 5);
    consumer.settle(consumer.take("1"), ACKNOWLEDGED);

    List<Published> again =
        queues().publish(List.of(keyed("1", "k"), keyed("2", "l"), keyed("2", "l")));

    assertThat(again.getFirst()).isEqualTo(new Published(WORK, first.position(), true));
    assertThat(again.get(1).duplicate()).isFalse();
    assertThat(again.get(2)).isEqualTo(new Published(WORK, again.get(1).position(), true));
    consumer.take("2");
    assertHolds(WORK, 0, 1, 1);
  }

  @Test
  void duplicatesNeedNoRoom() {
    queues().publish(List.of(keyed("1", "k")));
    publish(WORK, numbers(2, MAX));

    assertThat(queues().publish(List.of(keyed("1", "k"))).getFirst().duplicate()).isTrue();
  }

  @Test
  void aBatchForSeveralQueuesIsAnsweredInItsOrder() throws Exception {
    List<Published> answers =
        queues()
            .publish(
                List.of(
                    Publication.text(WORK, "w1"),
                    Publication.text(OTHER, "o1"),
                    Publication.text(WORK, "w2")));

    assertThat(answers).extracting(Published::destination).containsExactly(WORK, OTHER, WORK);
    TestConsumer work = consumer(WORK, 5);
    assertThat(work.take("w1").message().position()).isEqualTo(answers.get(0).position());
    assertThat(work.take("w2").message().position()).isEqualTo(answers.get(2).position());
    assertThat(consumer(OTHER, 5).take("o1").message().position())
        .isEqualTo(answers.get(1).position());
  }

  @Test
  void aMessageThatWaitedTooLongExpires() throws Exception {
    queues().close();
    queues = create(new QueueLimits(MAX, ttl(), DELIVERIES));
    publish(WORK, numbers(1, MAX));
    elapse(ttl().multipliedBy(2));

    publish(WORK, "new");

    consumer(WORK, 5).take("new");
    assertHolds(WORK, 0, 1, 1);
  }

  @Test
  void aMessageDoesNotExpireWhileItIsHeldButWhenItComesBack() throws Exception {
    queues().close();
    queues = create(new QueueLimits(MAX, ttl(), DELIVERIES));
    publish(WORK, "1", "2");
    TestConsumer consumer = consumer(WORK, 5);
    List<Lease> held = consumer.take(2);
    elapse(ttl().multipliedBy(2));
    assertHolds(WORK, 0, 2, 1);

    consumer.settle(held.getFirst(), ACKNOWLEDGED);
    consumer.settle(held.getLast(), RETURNED);

    assertHolds(WORK, 0, 0, 1);
    assertThat(consumer.untaken()).isEmpty();
  }

  @Test
  void everyQueueIsListedWithWhatItHolds() throws Exception {
    publish(WORK, "1", "2", "3");
    publish(OTHER, "1");
    consumer(WORK, 2).take(2);

    assertThat(queues().status())
        .containsExactly(new QueueStatus(OTHER, 1, 0, 0), new QueueStatus(WORK, 1, 2, 1));
  }

  @Test
  void aQueueThatCouldHaveNoDeadLettersIsRefused() {
    Destination longest = Destination.of("/queue/" + "x".repeat(Destination.MAX_BYTES - 7));

    assertRefused(PharosException.Code.BAD_REQUEST, () -> publish(longest, "x"));
    assertRefused(PharosException.Code.BAD_REQUEST, () -> consumer(longest, 1));
    assertRefused(
        PharosException.Code.BAD_REQUEST, () -> publish(Destination.of("/topic/work"), "x"));
  }

  @Test
  void closedQueuesAreUnavailable() {
    queues().close();

    assertRefused(PharosException.Code.UNAVAILABLE, () -> publish(WORK, "x"));
    assertRefused(PharosException.Code.UNAVAILABLE, () -> consumer(WORK, 1));
    assertRefused(PharosException.Code.UNAVAILABLE, () -> queues().check());
  }
}
