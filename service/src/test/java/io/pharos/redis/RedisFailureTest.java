package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** What happens to messages when Redis, or the way to it, fails. */
class RedisFailureTest {
  private static final Destination TOPIC = Destination.of("/topic/prices");
  private static final Destination BARE = RedisNode.BARE;
  private static final List<String> LOSSY = List.of("save \"\"", "appendonly no");
  private static final List<String> LASTING =
      List.of("save \"\"", "appendonly yes", "appendfsync always");

  private final String prefix = RedisProcess.newPrefix();

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  /** And says so by itself: a dead link never answers, however long one waits. */
  private static void assertUnavailable(ThrowingCallable call) {
    long begin = System.nanoTime();
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(call)
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.UNAVAILABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  private static Position positionOf(List<Message> messages, int index) {
    return messages.get(index).position();
  }

  @Test
  void aRestartInTheMiddleOfTrafficLosesNothing() throws Exception {
    int count = 3_000;
    try (var redis = new RedisProcess(LASTING);
        var one = new RedisNode(redis.url(), prefix);
        var two = new RedisNode(redis.url(), prefix);
        var threads = Executors.newSingleThreadExecutor()) {
      one.subscribeEventually(TOPIC);
      two.subscribeEventually(TOPIC);
      Future<?> publishing =
          threads.submit(
              () -> {
                for (int i = 1; i <= count; i++) {
                  one.publishUntilStored(TOPIC, Integer.toString(i));
                }
                return true;
              });
      two.recorder.awaitCount(TOPIC, count / 3);

      redis.stop();
      redis.start();

      publishing.get();
      for (RedisNode node : List.of(one, two)) {
        node.recorder.awaitCount(TOPIC, count);
        assertThat(node.recorder.bodies(TOPIC)).isEqualTo(numbers(1, count));
        assertThat(node.recorder.faults()).isEmpty();
        assertThat(node.recorder.losses(TOPIC)).isEmpty();
      }
    }
  }

  @Test
  void dataThatWentWithTheServerAreReportedAsLost() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix)) {
      node.subscribeEventually(TOPIC);
      node.subscribe(BARE);
      Position before = node.publish(TOPIC, "a").position();
      node.publish(BARE, "a");
      node.recorder.awaitCount(TOPIC, 1);
      node.recorder.awaitCount(BARE, 1);

      redis.stop();
      redis.start();

      // Nobody publishes: the loss itself is told.
      node.recorder.awaitLoss(TOPIC);
      node.recorder.awaitLoss(BARE);
      History left = node.recorder.losses(TOPIC).getFirst();
      assertThat(left.top().epoch()).isNotEqualTo(before.epoch());
      assertThat(node.broker.history(TOPIC, before, 10).complete()).isFalse();
      Recorder.eventually("the new connection", node::isUp);
      node.publishUntilStored(TOPIC, "b");
      node.publishUntilStored(BARE, "b");
      node.recorder.awaitBody(TOPIC, "b");
      node.recorder.awaitBody(BARE, "b");
      assertThat(node.recorder.faults()).isEmpty();
    }
  }

  @Test
  void aFlushIsToldAtOnceToAQuietDestinationAndOnceToABusyOne() throws Exception {
    Destination busy = Destination.of("/topic/busy");
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix)) {
      node.subscribeEventually(TOPIC);
      node.subscribe(busy);
      node.publish(TOPIC, "a");
      node.publish(busy, "a");
      node.recorder.awaitCount(TOPIC, 1);
      node.recorder.awaitCount(busy, 1);

      redis.call(Command.FLUSHALL);
      for (String body : numbers(1, 50)) {
        node.publish(busy, body);
      }

      node.recorder.awaitLoss(TOPIC);
      node.recorder.awaitCount(busy, 51);
      assertThat(node.recorder.bodies(busy).subList(1, 51)).isEqualTo(numbers(1, 50));
      assertThat(node.recorder.losses(busy)).hasSize(1);
      assertThat(node.recorder.losses(TOPIC)).hasSize(1);
      assertThat(node.recorder.faults()).isEmpty();
      node.publish(TOPIC, "b");
      node.recorder.awaitBody(TOPIC, "b");
    }
  }

  @Test
  void aBlackHoleIsNoticedAndWhatWasMissedIsFetched() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var proxy = new StallingProxy(redis.port());
        var here = RedisNode.hasty(RedisUrl.parse("redis://127.0.0.1:" + proxy.port()), prefix);
        var there = new RedisNode(redis.url(), prefix)) {
      here.subscribeEventually(TOPIC);
      here.subscribeEventually(BARE);
      there.publishUntilStored(TOPIC, "1");
      there.publish(BARE, "1");
      here.recorder.awaitCount(TOPIC, 1);
      here.recorder.awaitCount(BARE, 1);

      proxy.stall();
      numbers(2, 500).forEach(body -> there.publish(TOPIC, body));
      there.publish(BARE, "2");
      assertUnavailable(() -> here.publish(TOPIC, "x"));
      assertUnavailable(() -> here.broker.history(TOPIC, null, 1));
      assertUnavailable(() -> here.subscribe(Destination.of("/topic/new")));
      assertUnavailable(here.broker::check);
      assertThat(here.recorder.received(TOPIC)).hasSize(1);
      proxy.heal();

      here.recorder.awaitCount(TOPIC, 500);
      assertThat(here.recorder.bodies(TOPIC)).isEqualTo(numbers(1, 500));
      assertThat(here.recorder.losses(TOPIC)).isEmpty();
      // Without history, what was missed is told and not fetched.
      here.recorder.awaitLoss(BARE);
      there.publish(BARE, "3");
      here.recorder.awaitBody(BARE, "3");
      assertThat(here.recorder.bodies(BARE)).containsExactly("1", "3");
      assertThat(here.recorder.faults()).isEmpty();
      Recorder.eventually("readiness", here::isUp);
    }
  }

  /** More than the operating system takes: a write, not a read, is what hangs. */
  @Test
  void aWriteThatHangsIsCutOffAndPublishingGoesOn() throws Exception {
    List<Publication> much =
        IntStream.range(0, 64).mapToObj(i -> Publication.text(TOPIC, "x".repeat(1 << 20))).toList();
    try (var redis = new RedisProcess(LOSSY);
        var proxy = new StallingProxy(redis.port());
        var here = RedisNode.hasty(RedisUrl.parse("redis://127.0.0.1:" + proxy.port()), prefix)) {
      here.publishUntilStored(TOPIC, "1");

      proxy.stall();
      assertUnavailable(() -> here.broker.publish(much));
      Recorder.eventually("another connection", () -> failure(here).contains("cannot be reached"));
      proxy.heal();

      here.publishUntilStored(TOPIC, "2");
    }
  }

  private static String failure(RedisNode node) {
    try {
      node.publish(TOPIC, "x");
      return "";
    } catch (PharosException e) {
      return e.detail();
    }
  }

  @Test
  void aWildcardFindsWhatBeganWhileTheLinkWasDead() throws Exception {
    Destination known = Destination.of("/topic/new/known");
    Destination unheard = Destination.of("/topic/new/unheard");
    try (var redis = new RedisProcess(LOSSY);
        var proxy = new StallingProxy(redis.port());
        var here = RedisNode.hasty(RedisUrl.parse("redis://127.0.0.1:" + proxy.port()), prefix);
        var there = new RedisNode(redis.url(), prefix)) {
      there.publishUntilStored(known, "before");
      here.subscribeEventually(new DestinationPattern("/topic/new/*"));

      proxy.stall();
      there.publish(known, "1");
      numbers(1, 3).forEach(body -> there.publish(unheard, body));
      Recorder.eventually("the end of the link", () -> !here.broker.isListening());
      proxy.heal();

      here.recorder.awaitCount(known, 1);
      here.recorder.awaitCount(unheard, 3);
      there.publish(unheard, "4");
      here.recorder.awaitCount(unheard, 4);
      assertThat(here.recorder.bodies(known)).containsExactly("1");
      assertThat(here.recorder.bodies(unheard)).isEqualTo(numbers(1, 4));
      assertThat(here.recorder.faults()).isEmpty();
    }
  }

  @Test
  void aServerThatIsAwayAtTheStartIsFoundLater() throws Exception {
    try (var redis = new RedisProcess(LOSSY)) {
      redis.stop();
      try (var node = RedisNode.hasty(redis.url(), prefix)) {
        assertUnavailable(() -> node.publish(TOPIC, "a"));
        assertUnavailable(() -> node.broker.history(TOPIC, null, 1));
        assertUnavailable(() -> node.subscribe(TOPIC));
        assertUnavailable(() -> node.broker.destinations(new DestinationPattern("/topic/*")));
        assertUnavailable(node.broker::check);

        redis.start();

        node.subscribeEventually(TOPIC);
        node.publishUntilStored(TOPIC, "b");
        node.recorder.awaitCount(TOPIC, 1);
        assertThat(node.recorder.bodies(TOPIC)).containsExactly("b");
      }
    }
  }

  /** What a failover to a replica that lagged leaves behind. */
  @Test
  void aLogThatWasSetBackBeginsANewEpoch() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix);
        var wire = redis.wire("test")) {
      node.subscribeEventually(TOPIC);
      numbers(1, 8).forEach(body -> node.publish(TOPIC, body));
      var saved = new Saved(wire, prefix);
      numbers(9, 10).forEach(body -> node.publish(TOPIC, body));
      node.recorder.awaitCount(TOPIC, 10);
      Position before = positionOf(node.recorder.received(TOPIC), 9);

      saved.restore();

      node.recorder.awaitLoss(TOPIC);
      Position left = node.recorder.losses(TOPIC).getFirst().start();
      assertThat(left.epoch()).isNotEqualTo(before.epoch());
      assertThat(left.offset()).isEqualTo(8);
      assertThat(node.publishKeyed(TOPIC, "another", "1").duplicate()).isFalse();
      node.recorder.awaitBody(TOPIC, "another");
      assertThat(node.recorder.bodies(TOPIC))
          .isEqualTo(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "another"));
      assertThat(node.recorder.faults()).isEmpty();
      // Whoever has seen what is lost is told, and sees what came instead; others miss nothing.
      History told = node.broker.history(TOPIC, before, 10);
      assertThat(told.complete()).isFalse();
      assertThat(told.start()).isEqualTo(left);
      assertThat(told.messages()).hasSize(1);
      History others = node.broker.history(TOPIC, new Position(before.epoch(), 6), 10);
      assertThat(others.complete()).isTrue();
      assertThat(others.messages().stream().map(m -> m.position().offset()))
          .containsExactly(7L, 8L, 9L);
    }
  }

  @Test
  void aKeyIsRememberedBeyondASetback() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix);
        var wire = redis.wire("test")) {
      node.subscribeEventually(TOPIC);
      node.publishKeyed(TOPIC, "1", "one");
      var saved = new Saved(wire, prefix);
      node.publishKeyed(TOPIC, "2", "two");
      node.recorder.awaitCount(TOPIC, 2);

      saved.restore();
      node.recorder.awaitLoss(TOPIC);

      assertThat(node.publishKeyed(TOPIC, "1", "one").duplicate()).isTrue();
      assertThat(node.publishKeyed(TOPIC, "2", "two").duplicate()).isFalse();
    }
  }

  @Test
  void offsetsThatAreUsedASecondTimeAreNoticed() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var proxy = new StallingProxy(redis.port());
        var here = RedisNode.hasty(RedisUrl.parse("redis://127.0.0.1:" + proxy.port()), prefix);
        var there = new RedisNode(redis.url(), prefix);
        var wire = redis.wire("test")) {
      here.subscribeEventually(TOPIC);
      numbers(1, 8).forEach(body -> there.publishKeyed(TOPIC, body, body));
      var saved = new Saved(wire, prefix);
      there.publish(TOPIC, "9");
      here.recorder.awaitCount(TOPIC, 9);

      proxy.stall();
      Recorder.eventually("the end of the link", () -> !here.broker.isListening());
      saved.restore();
      there.publish(TOPIC, "nine");
      there.publish(TOPIC, "ten");
      proxy.heal();

      here.recorder.awaitLoss(TOPIC);
      here.recorder.awaitBody(TOPIC, "ten");
      assertThat(here.recorder.bodies(TOPIC).subList(8, 11)).containsExactly("9", "nine", "ten");
      assertThat(here.recorder.faults()).isEmpty();
    }
  }

  @Test
  void offsetsThatAreUsedASecondTimeAreNoticedWithoutALook() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix);
        var wire = redis.wire("test")) {
      node.subscribeEventually(TOPIC);
      numbers(1, 8).forEach(body -> node.publish(TOPIC, body));
      var saved = new Saved(wire, prefix);
      node.publish(TOPIC, "9");
      node.recorder.awaitCount(TOPIC, 9);
      long time = positionTime(node, 8);
      Recorder.eventually("another millisecond", () -> System.currentTimeMillis() > time);

      saved.restore();
      node.publish(TOPIC, "nine");
      node.publish(TOPIC, "ten");

      node.recorder.awaitLoss(TOPIC);
      node.recorder.awaitBody(TOPIC, "ten");
      assertThat(node.recorder.bodies(TOPIC).subList(8, 11)).containsExactly("9", "nine", "ten");
      assertThat(node.recorder.faults()).isEmpty();
    }
  }

  private static long positionTime(RedisNode node, int index) {
    return node.recorder.received(TOPIC).get(index).timestamp().toEpochMilli();
  }

  /** A log as it was at a time. */
  private static final class Saved {
    private final Wire wire;
    private final List<String> keys;
    private final List<byte[]> dumps;

    Saved(Wire wire, String prefix) {
      this.wire = wire;
      var names = new Names(prefix);
      keys = List.of(names.log(TOPIC), names.stream(TOPIC));
      dumps = keys.stream().map(this::dump).toList();
    }

    private byte[] dump(String key) {
      return (byte[]) wire.call(new CommandArguments(Command.DUMP).add(key));
    }

    /** Sets it back in one step: whoever looks meanwhile sees no half of it. */
    void restore() {
      wire.call(new CommandArguments(Command.MULTI));
      for (int i = 0; i < keys.size(); i++) {
        wire.call(
            new CommandArguments(Command.RESTORE)
                .add(keys.get(i))
                .add("0")
                .add(dumps.get(i))
                .add("REPLACE"));
      }
      assertThat((List<?>) wire.call(new CommandArguments(Command.EXEC)))
          .hasSize(keys.size())
          .noneMatch(JedisDataException.class::isInstance);
    }
  }

  @Test
  void aServerWithoutRoomIsAnErrorToThePublisher() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix)) {
      node.subscribeEventually(TOPIC);
      Position first = node.publish(TOPIC, "a").position();
      redis.call(Command.CONFIG, "SET", "maxmemory", "1");

      assertThatExceptionOfType(PharosException.class)
          .isThrownBy(() -> node.publish(TOPIC, "b"))
          .withMessageContaining("no memory left")
          .extracting(PharosException::code)
          .isEqualTo(PharosException.Code.UNAVAILABLE);
      assertUnavailable(node.broker::check);
      assertThat(node.broker.history(TOPIC, null, 10).messages()).hasSize(1);

      redis.call(Command.CONFIG, "SET", "maxmemory", "0");
      assertThat(node.publish(TOPIC, "c").position()).isEqualTo(first.next());
    }
  }

  @Test
  void aServerThatBecameAReplicaTakesNothing() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix)) {
      node.subscribeEventually(TOPIC);
      node.publish(TOPIC, "a");
      redis.call(Command.REPLICAOF, "127.0.0.1", "1");

      assertUnavailable(() -> node.publish(TOPIC, "b"));
      assertUnavailable(node.broker::check);

      redis.call(Command.REPLICAOF, "NO", "ONE");
      node.publishUntilStored(TOPIC, "c");
      node.recorder.awaitBody(TOPIC, "c");
      assertThat(node.recorder.bodies(TOPIC)).containsExactly("a", "c");
    }
  }

  @Test
  void scriptsThatRedisForgotAreTaughtAgain() throws Exception {
    try (var redis = new RedisProcess(LOSSY);
        var node = new RedisNode(redis.url(), prefix)) {
      node.subscribeEventually(TOPIC);
      node.publish(TOPIC, "a");

      redis.call(Command.SCRIPT, "FLUSH");

      node.publish(TOPIC, "b");
      redis.call(Command.SCRIPT, "FLUSH");
      assertThat(node.broker.history(TOPIC, null, 10).messages()).hasSize(2);
    }
  }
}
