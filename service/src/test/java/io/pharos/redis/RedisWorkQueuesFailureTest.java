package io.pharos.redis;

import static io.pharos.message.Outcome.ACKNOWLEDGED;
import static io.pharos.message.Outcome.RETURNED;
import static io.pharos.redis.QueueNode.DEAD;
import static io.pharos.redis.QueueNode.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.message.Destination;
import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import io.pharos.queue.Lease;
import io.pharos.queue.QueueConsumer;
import io.pharos.queue.QueueStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Work queues of several nodes, and what becomes of them when a node or Redis fails. */
class RedisWorkQueuesFailureTest {
  private final RedisProcess shared = RedisProcess.shared();
  private final String prefix = RedisProcess.newPrefix();

  private QueueNode node() {
    return new QueueNode(shared.url(), prefix);
  }

  /** One whose lease outlives the test, so that nobody else takes what it holds. */
  private QueueNode far(StallingProxy proxy) {
    return new QueueNode(
        RedisUrl.parse("redis://127.0.0.1:" + proxy.port()),
        prefix,
        new QueueTimings(Duration.ofMinutes(10), Duration.ofMillis(100)),
        RedisTimings.DEFAULT);
  }

  @Test
  void aNodeIsWokenForWhatAnotherOnePublishes() throws Exception {
    var rarely = new QueueTimings(Duration.ofHours(2), Duration.ofHours(1));
    try (var one = new QueueNode(shared.url(), prefix, rarely);
        var two = new QueueNode(shared.url(), prefix, rarely)) {
      QueueNode.Hand hand = two.hand(WORK, 1);
      one.publish(WORK, "a");
      Lease first = hand.take("a");
      QueueNode.Hand other = one.hand(WORK, 1);

      hand.settle(first, RETURNED);

      // Whoever was quicker has it, and nobody has it twice.
      Recorder.eventually("a redelivery", () -> hand.leases.size() + other.leases.size() == 1);
      assertThat(one.status(WORK)).isEqualTo(new QueueStatus(WORK, 0, 1, 2));
    }
  }

  @Test
  void whatADeadNodeHeldGoesToTheOthersOnceItsLeaseIsOver() throws Exception {
    try (var alive = node();
        var dying = node()) {
      dying.publish(WORK, "1", "2", "3");
      QueueNode.Hand lost = dying.hand(WORK, 2);
      Lease first = lost.take("1");
      lost.take("2");
      lost.settle(first, RETURNED);
      lost.take("1");

      dying.kill();

      QueueNode.Hand next = alive.hand(WORK, 5);
      next.take("3");
      assertThat(next.take("1").deliveries()).isEqualTo(3);
      assertThat(next.take("2").deliveries()).isEqualTo(2);
      Recorder.eventually(
          "the dead consumer is forgotten",
          () -> alive.status(WORK).equals(new QueueStatus(WORK, 0, 3, 1)));
    }
  }

  @Test
  void aNodeThatEndsInPeaceGivesBackAtOnce() throws Exception {
    try (var stays = node()) {
      var goes = new QueueNode(shared.url(), prefix, QueueTimings.DEFAULT);
      goes.publish(WORK, "1");
      goes.hand(WORK, 1).take("1");

      goes.close();

      assertThat(stays.status(WORK)).isEqualTo(new QueueStatus(WORK, 1, 0, 0));
      assertThat(stays.hand(WORK, 1).take("1").deliveries()).isEqualTo(2);
    }
  }

  /** Takes jobs, does some, returns some, and counts. */
  private static final class Workshop {
    final Set<String> done = ConcurrentHashMap.newKeySet();
    final Map<String, Integer> handed = new ConcurrentHashMap<>();
    final List<String> unflagged = new ArrayList<>();
    final CountDownLatch half;

    Workshop(int half) {
      this.half = new CountDownLatch(half);
    }

    void employ(QueueNode node, int percentReturned) throws InterruptedException {
      var consumer = new AtomicReference<QueueConsumer>();
      var attached = new CountDownLatch(1);
      consumer.set(
          node.queues.attach(
              WORK,
              50,
              lease ->
                  Thread.ofVirtual()
                      .start(
                          () -> {
                            try {
                              attached.await();
                              work(consumer.get(), lease, percentReturned);
                            } catch (InterruptedException e) {
                              Thread.currentThread().interrupt();
                            }
                          })));
      attached.countDown();
    }

    private void work(QueueConsumer consumer, Lease lease, int percentReturned) {
      String job = Objects.requireNonNull(lease.message().body().textOrNull());
      if (handed.merge(job, 1, Integer::sum) > 1 && lease.deliveries() == 1) {
        synchronized (unflagged) {
          unflagged.add(job);
        }
      }
      boolean returns = ThreadLocalRandom.current().nextInt(100) < percentReturned;
      try {
        consumer.settle(List.of(lease.tag()), returns ? RETURNED : ACKNOWLEDGED);
        if (!returns) {
          done.add(job);
          half.countDown();
        }
      } catch (PharosException e) {
        // The node was killed: nobody heard of it.
      }
    }
  }

  @Test
  void jobsOfSixConsumersAreAllDoneThoughOneNodeIsKilled() throws Exception {
    int count = 5_000;
    try (var one = node();
        var two = node()) {
      for (int i = 0; i < count; i += 100) {
        int from = i;
        one.publish(
            WORK,
            IntStream.range(from, from + 100).mapToObj(Integer::toString).toArray(String[]::new));
      }
      var shop = new Workshop(count / 2);
      for (int i = 0; i < 3; i++) {
        shop.employ(two, 0);
      }
      shop.employ(one, 0);
      shop.employ(one, 0);
      shop.employ(one, 20);
      assertThat(shop.half.await(120, TimeUnit.SECONDS)).isTrue();

      two.kill();

      Recorder.eventually(
          "an empty queue",
          () -> {
            QueueStatus status = one.status(WORK);
            return status.depth() + status.pending() == 0;
          });
      long dead = one.status(DEAD).depth();
      // Killed between the acknowledgement and its answer: done, and not known to be.
      assertThat(shop.handed).hasSize(count);
      assertThat(shop.done.size() + dead).isBetween(count - 200L, (long) count);
      assertThat(shop.unflagged).isEmpty();
    }
  }

  @Test
  void whatIsHeldSurvivesAStallOfTheWayToRedis() throws Exception {
    try (var proxy = new StallingProxy(shared.port());
        var near = node()) {
      QueueNode far = far(proxy);
      near.publish(WORK, "1", "2", "3");
      QueueNode.Hand hand = far.hand(WORK, 2);
      Lease first = hand.take("1");
      hand.take("2");

      proxy.stall();

      assertThatExceptionOfType(PharosException.class)
          .isThrownBy(() -> hand.settle(first, ACKNOWLEDGED))
          .extracting(PharosException::code)
          .isEqualTo(PharosException.Code.UNAVAILABLE);
      hand.close();
      assertThat(near.status(WORK).pending()).isEqualTo(2);

      proxy.heal();

      Recorder.eventually(
          "what was held is back", () -> near.status(WORK).equals(new QueueStatus(WORK, 3, 0, 0)));
      far.close();
    }
  }

  /** As when Redis has handed out a job, and the answer was lost. */
  @Test
  void aJobWhoseWayHereWasLostIsGivenBackThoughItsConsumerHasGone() throws Exception {
    try (var proxy = new StallingProxy(shared.port());
        var near = node()) {
      QueueNode far = far(proxy);
      QueueNode.Hand hand = far.hand(WORK, 1);
      Recorder.eventually("the node's name", () -> !nodes().isEmpty());
      proxy.stall();
      near.publish(WORK, "1");
      takeUnheard(nodes().getFirst());
      hand.close();
      assertThat(near.status(WORK).pending()).isEqualTo(1);
      // Time for some looks, each of which may wait for a connection.
      Thread.sleep(4000);

      proxy.heal();

      var again = new AtomicReference<QueueNode.Hand>();
      Recorder.eventually("another consumer", () -> attach(far, again));
      Objects.requireNonNull(again.get()).take("1");
      far.close();
    }
  }

  private static boolean attach(QueueNode node, AtomicReference<QueueNode.Hand> hand) {
    try {
      hand.set(node.hand(WORK, 1));
      return true;
    } catch (PharosException e) {
      return false;
    }
  }

  private List<String> nodes() {
    String leases = new Names(prefix).queue("queue-nodes", WORK);
    return ((List<?>) shared.call(Command.ZRANGE, leases, "0", "-1"))
        .stream().map(id -> new String((byte[]) id, StandardCharsets.UTF_8)).toList();
  }

  private void takeUnheard(String node) {
    String stream = new Names(prefix).queue("queue-messages", WORK);
    shared.call(Command.XREADGROUP, "GROUP", "nodes", node, "COUNT", "1", "STREAMS", stream, ">");
  }

  /** As after a partition in which another node has taken it for dead. */
  @Test
  void aJobThatIsHandedOutAnewToItsHolderTakesOnePlaceOfItsWindow() throws Exception {
    try (var node = node()) {
      node.publish(WORK, "1");
      QueueNode.Hand hand = node.hand(WORK, 2);
      Lease first = hand.take("1");
      String stream = new Names(prefix).queue("queue-messages", WORK);
      var entry = (List<?>) ((List<?>) shared.call(Command.XRANGE, stream, "-", "+")).getFirst();
      String id = new String((byte[]) entry.getFirst(), StandardCharsets.UTF_8);
      shared.call(Command.XCLAIM, stream, "nodes", "-", "0", id, "JUSTID");

      hand.take("1");
      // By the lease before: the client may not have heard of the new one.
      hand.settle(first, ACKNOWLEDGED);
      node.publish(WORK, "2", "3");

      hand.take("2");
      hand.take("3");
    }
  }

  @Test
  void aRestartOfRedisKeepsTheQueue() throws Exception {
    try (var redis =
            new RedisProcess(List.of("save \"\"", "appendonly yes", "appendfsync always"));
        var node = new QueueNode(redis.url(), prefix)) {
      node.publish(WORK, "1", "2", "3");
      QueueNode.Hand hand = node.hand(WORK, 1);
      Lease first = hand.take("1");

      redis.stop();
      assertThatExceptionOfType(PharosException.class)
          .isThrownBy(() -> node.publish(WORK, "lost"))
          .extracting(PharosException::code)
          .isEqualTo(PharosException.Code.UNAVAILABLE);
      redis.start();

      node.publishEventually(WORK, "4");
      hand.settle(first, ACKNOWLEDGED);
      for (String body : List.of("2", "3", "4")) {
        hand.settle(hand.take(body), ACKNOWLEDGED);
      }
      assertThat(node.status(WORK)).isEqualTo(new QueueStatus(WORK, 0, 0, 1));
    }
  }

  @Test
  void aLossOfDataBeginsAnew() throws Exception {
    try (var redis = new RedisProcess(List.of("save \"\"", "appendonly no"));
        var node = new QueueNode(redis.url(), prefix)) {
      node.publish(WORK, "1", "2");
      QueueNode.Hand hand = node.hand(WORK, 1);
      Lease first = hand.take("1");

      redis.call(Command.FLUSHALL);
      node.publish(WORK, "3");
      hand.settle(first, ACKNOWLEDGED);

      hand.settle(hand.take("3"), ACKNOWLEDGED);
      assertThat(node.status(WORK)).isEqualTo(new QueueStatus(WORK, 0, 0, 1));
    }
  }

  @Test
  void whatSomebodyElseWroteIsSkipped() throws Exception {
    try (var node = node()) {
      node.publish(WORK, "1");
      String stream = new Names(prefix).queue("queue-messages", WORK);
      shared.call(Command.XADD, stream, "1000-1", "x", "y");
      shared.call(Command.XADD, stream, "1000-9999999999999", "h", "\nno header", "b", "y");
      QueueNode.Hand hand = node.hand(WORK, 5);

      hand.take("1");

      Recorder.eventually(
          "only the message is left",
          () -> node.status(WORK).equals(new QueueStatus(WORK, 0, 1, 1)));
      assertThat(hand.leases).isEmpty();
    }
  }

  @Test
  void allKeysOfAQueueAreOneSlotAndExpire() throws Exception {
    try (var node = node()) {
      node.publish(WORK, "1", "2");
      QueueNode.Hand hand = node.hand(WORK, 2);
      hand.settle(hand.take("1"), Outcome.REJECTED);
      hand.take("2");

      var keys = new ArrayList<String>();
      for (Object key : (List<?>) shared.call(Command.KEYS, prefix + ":*")) {
        keys.add(new String((byte[]) key, StandardCharsets.UTF_8));
      }
      assertThat(keys).hasSizeGreaterThanOrEqualTo(7);
      for (String key : keys) {
        assertThat((Long) shared.call(Command.PTTL, key)).as(key).isPositive();
      }
      keys.remove(prefix + ":queues");
      assertThat(keys.stream().map(JedisClusterCRC16::getSlot).distinct()).hasSize(1);
    }
  }

  @Test
  void aQueueAndItsDeadLettersAreToldApart() throws Exception {
    Destination odd = Destination.of("/queue/ab/DLQ.c");
    try (var node = node()) {
      node.publish(odd, "1");
      node.publish(Destination.of("/queue/DLQ.ab/DLQ.c"), "2");

      node.hand(odd, 5).take("1");
      node.hand(Destination.of("/queue/DLQ.ab/DLQ.c"), 5).take("2");
    }
  }
}
