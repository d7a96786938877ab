package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.History;
import io.pharos.broker.Interest;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** Two nodes on one Redis that works: one order, no more traffic than is wanted, no way to harm. */
class RedisListeningTest {
  private static final Destination TOPIC = Destination.of("/topic/prices");

  private final RedisProcess redis = RedisProcess.shared();
  private final String prefix = RedisProcess.newPrefix();
  private final Names names = new Names(prefix);
  private final RedisNode one = new RedisNode(redis.url(), prefix);
  private final RedisNode two = new RedisNode(redis.url(), prefix);

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static void all(ExecutorService threads, List<Callable<Boolean>> tasks) throws Exception {
    for (Future<Boolean> each : threads.invokeAll(tasks)) {
      each.get();
    }
  }

  /** How many connections listen to a destination. */
  private long listeners(Destination destination) {
    var answer = (List<?>) redis.call(Command.PUBSUB, "NUMSUB", names.channel(destination));
    return (Long) answer.get(1);
  }

  @Test
  void publishersOnTwoNodesMakeOneOrderThatBothSee() throws Exception {
    int each = 2_000;
    one.subscribe(TOPIC);
    two.subscribe(TOPIC);
    var tasks = new ArrayList<Callable<Boolean>>();
    for (RedisNode node : List.of(one, two, one, two)) {
      String name = "p" + tasks.size() + "-";
      tasks.add(
          () -> {
            for (int i = 0; i < each; i++) {
              node.publish(TOPIC, name + i);
            }
            return true;
          });
    }

    try (var threads = Executors.newFixedThreadPool(4)) {
      all(threads, tasks);
    }

    one.recorder.awaitCount(TOPIC, 4 * each);
    two.recorder.awaitCount(TOPIC, 4 * each);
    List<String> seen = one.recorder.bodies(TOPIC);
    assertThat(two.recorder.bodies(TOPIC)).isEqualTo(seen);
    assertThat(seen).doesNotHaveDuplicates().hasSize(4 * each);
    for (int publisher = 0; publisher < 4; publisher++) {
      String name = "p" + publisher + "-";
      assertThat(seen.stream().filter(body -> body.startsWith(name)).toList())
          .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
    }
    assertThat(one.recorder.faults()).isEmpty();
    assertThat(two.recorder.faults()).isEmpty();
  }

  private static int number(String body) {
    return Integer.parseInt(body.substring(body.indexOf('-') + 1));
  }

  @Test
  void oneKeyOnBothNodesAtOnceIsOneMessage() throws Exception {
    int rounds = 200;
    one.subscribe(TOPIC);
    var together = new CyclicBarrier(2);
    var answers = new ArrayList<List<Published>>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      var running = new ArrayList<Future<List<Published>>>();
      for (RedisNode node : List.of(one, two)) {
        running.add(
            threads.submit(
                () -> {
                  var mine = new ArrayList<Published>();
                  for (int i = 0; i < rounds; i++) {
                    together.await();
                    mine.add(node.publishKeyed(TOPIC, "b" + i, "k" + i));
                  }
                  return mine;
                }));
      }
      for (Future<List<Published>> each : running) {
        answers.add(each.get());
      }
    }

    for (int i = 0; i < rounds; i++) {
      Published first = answers.get(0).get(i);
      Published second = answers.get(1).get(i);
      assertThat(first.position()).isEqualTo(second.position());
      assertThat(first.duplicate()).isNotEqualTo(second.duplicate());
    }
    one.recorder.awaitCount(TOPIC, rounds);
    assertThat(one.recorder.received(TOPIC)).hasSize(rounds);
    assertThat(one.recorder.faults()).isEmpty();
  }

  @Test
  void aNodeIsSentOnlyWhatItsClientsWant() throws Exception {
    Interest first = one.subscribe(TOPIC);
    Interest second = one.subscribe(TOPIC);
    assertThat(listeners(TOPIC)).isEqualTo(1);

    one.publish(TOPIC, "a");
    two.publish(TOPIC, "b");
    one.recorder.awaitCount(TOPIC, 2);
    assertThat(two.recorder.received(TOPIC)).isEmpty();

    first.close();
    assertThat(listeners(TOPIC)).isEqualTo(1);
    second.close();
    Recorder.eventually("the end of the subscription", () -> listeners(TOPIC) == 0);
  }

  @Test
  void destinationsOfOneUserAreOneChannel() throws Exception {
    Destination first = Destination.of("/user/a%2Fb/queue/x");
    Destination second = Destination.of("/user/a%2Fb/queue/y");
    Interest interest = one.subscribe(first);
    one.subscribe(second);
    assertThat(listeners(first)).isEqualTo(1);

    interest.close();
    two.publish(second, "a");
    one.recorder.awaitCount(second, 1);
    assertThat(listeners(second)).isEqualTo(1);
  }

  @Test
  void whatIsNoMessageIsSkippedAndCounted() throws Exception {
    one.subscribe(TOPIC);
    one.publish(TOPIC, "a");
    one.recorder.awaitCount(TOPIC, 1);
    for (String garbage : List.of("", "x", "e 1 1 0 /topic/prices\n", "e x 1 0 /\n1 1\nxx")) {
      redis.call(Command.PUBLISH, names.channel(TOPIC), garbage);
    }

    one.publish(TOPIC, "b");

    one.recorder.awaitCount(TOPIC, 2);
    assertThat(one.recorder.bodies(TOPIC)).containsExactly("a", "b");
    assertThat(one.recorder.losses(TOPIC)).isEmpty();
    assertThat(one.broker.unreadable()).isEqualTo(4);
  }

  @Test
  void anEntryThatIsNoMessageIsAGapAndNotTheEnd() {
    for (String body : List.of("1", "2", "3", "4")) {
      one.publish(TOPIC, body);
    }
    List<Message> messages = one.broker.history(TOPIC, null, 10).messages();
    String stream = names.stream(TOPIC);
    redis.call(Command.DEL, stream);
    for (Message message : messages) {
      String id = message.position().offset() + "-" + message.timestamp().toEpochMilli();
      if (message.position().offset() == 3) {
        redis.call(Command.XADD, stream, id, "some", "thing");
      } else {
        redis.call(Command.XADD, stream, id, "head", "", "body", "x");
      }
    }

    History first = one.broker.history(TOPIC, messages.get(0).position(), 10);
    History second = one.broker.history(TOPIC, messages.get(1).position(), 10);

    assertThat(first.complete()).isTrue();
    assertThat(first.messages()).hasSize(1);
    assertThat(second.complete()).isFalse();
    assertThat(second.start()).isEqualTo(messages.get(2).position());
    assertThat(second.messages()).hasSize(1);
    assertThat(one.broker.unreadable()).isPositive();
  }

  @Test
  void somebodyElsesEntryInTheStreamDoesNotStopPublishing() throws Exception {
    one.subscribe(TOPIC);
    one.publish(TOPIC, "a");
    redis.call(Command.XADD, names.stream(TOPIC), "*", "some", "thing");

    one.publish(TOPIC, "b");

    one.recorder.awaitCount(TOPIC, 2);
    assertThat(one.broker.history(TOPIC, null, 10).top().offset()).isEqualTo(2);
  }

  @Test
  void anErrorInTheListenerHarmsNothingElse() throws Exception {
    one.subscribe(TOPIC);
    one.recorder.failOnceWith(new StackOverflowError("as the test wants it"));
    one.publish(TOPIC, "a");
    one.recorder.awaitCount(TOPIC, 1);

    one.publish(TOPIC, "b");

    one.recorder.awaitCount(TOPIC, 2);
    assertThat(one.recorder.faults()).isEmpty();
  }

  @Test
  void comingAndGoingAtAnyRateMissesNothing() throws Exception {
    int threadCount = 8;
    int rounds = 60;
    var tasks = new ArrayList<Callable<Boolean>>();
    for (int t = 0; t < threadCount; t++) {
      int thread = t;
      tasks.add(
          () -> {
            for (int i = 0; i < rounds; i++) {
              // Every destination is shared by all threads, and idle now and then.
              Destination destination = Destination.of("/topic/storm/" + (i % 5));
              String body = thread + "-" + i;
              Interest interest = one.subscribe(destination);
              two.publish(destination, body);
              one.recorder.awaitBody(destination, body);
              interest.close();
              if (i % 20 == 0) {
                Thread.sleep(60);
              }
            }
            return true;
          });
    }

    try (var threads = Executors.newFixedThreadPool(threadCount)) {
      all(threads, tasks);
    }
    assertThat(one.isUp()).isTrue();
  }

  @Test
  void everyKeyExpires() {
    one.publishKeyed(TOPIC, "a", "k");
    one.publish(Destination.of("/user/x/queue/y"), "b");
    one.broker.history(RedisNode.BARE, null, 0);

    var keys = (List<?>) redis.call(Command.KEYS, prefix + ":*");
    assertThat(keys).hasSizeGreaterThanOrEqualTo(7);
    for (Object key : keys) {
      String name = new String((byte[]) key, java.nio.charset.StandardCharsets.UTF_8);
      assertThat((Long) redis.call(Command.PTTL, name)).as(name).isPositive();
    }
  }
}
