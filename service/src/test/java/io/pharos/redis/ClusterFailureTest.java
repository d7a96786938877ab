package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.Interest;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Redis Cluster whose slots move and whose servers end, under the messages. */
class ClusterFailureTest {
  private static final Destination TOPIC = Destination.of("/topic/prices");

  private final String prefix = RedisProcess.newPrefix();
  private final String log = new Names(prefix).log(TOPIC);
  private final int slot = JedisClusterCRC16.getSlot(log);

  @BeforeAll
  static void installed() {
    InstalledRedis.assumed();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  private static void assertHeardAll(RedisNode node, int count) throws InterruptedException {
    node.recorder.awaitCount(TOPIC, count);
    assertThat(node.recorder.bodies(TOPIC)).isEqualTo(numbers(1, count));
    assertThat(node.recorder.losses(TOPIC)).isEmpty();
    assertThat(node.recorder.faults()).isEmpty();
  }

  @Test
  void aLogIsFollowedWhileItsSlotMoves() throws Exception {
    try (var cluster = new RedisCluster(3, 0);
        var one = new RedisNode(cluster.url(), prefix);
        var two = new RedisNode(cluster.url(), prefix)) {
      one.subscribeEventually(TOPIC);
      two.subscribeEventually(TOPIC);
      one.publish(TOPIC, "1");
      InstalledRedis from = cluster.owner(log);
      InstalledRedis to = cluster.stranger(log);

      cluster.beginMoving(slot, from, to);
      one.publish(TOPIC, "2");
      // Now the server that has the slot has nothing in it, and sends on with ASK.
      assertThat(cluster.moveKeys(slot, 100, from, to)).isEqualTo(2);
      one.publish(TOPIC, "3");
      assertThat(two.broker.history(TOPIC, null, 10).messages()).hasSize(3);
      cluster.endMoving(slot, from, to);
      two.publish(TOPIC, "4");

      assertHeardAll(one, 4);
      assertHeardAll(two, 4);
    }
  }

  @Test
  void whatNobodyWantsAnyMoreIsLetGoOfHoweverBusyItIs() throws Exception {
    var busy = new AtomicBoolean(true);
    try (var cluster = new RedisCluster(3, 0);
        var one = new RedisNode(cluster.url(), prefix);
        var two = new RedisNode(cluster.url(), prefix)) {
      Thread publisher =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (busy.get()) {
                      two.publish(TOPIC, "x");
                      LockSupport.parkNanos(10_000_000);
                    }
                  });
      try {
        Interest all = one.broker.subscribe(new DestinationPattern("/topic/*"));
        one.recorder.awaitCount(TOPIC, 10);
        all.close();
        Recorder.eventually("the end of the traffic", () -> growth(one) == 0);
      } finally {
        busy.set(false);
        publisher.join();
      }
    }
  }

  /** How many messages a node has heard within a time in which many were published. */
  private static int growth(RedisNode node) {
    int before = node.recorder.received(TOPIC).size();
    LockSupport.parkNanos(500_000_000);
    return node.recorder.received(TOPIC).size() - before;
  }

  @Test
  void aSlotMovesInTheMiddleOfTraffic() throws Exception {
    try (var cluster = new RedisCluster(3, 0);
        var one = RedisNode.hasty(cluster.url(), prefix);
        var two = RedisNode.hasty(cluster.url(), prefix)) {
      one.subscribeEventually(TOPIC);
      two.subscribeEventually(TOPIC);
      try (var traffic = new Traffic(one, TOPIC)) {
        for (int move = 1; move <= 3; move++) {
          traffic.awaitMore(two, 300);
          InstalledRedis from = cluster.owner(log);
          InstalledRedis to = cluster.stranger(log);
          cluster.beginMoving(slot, from, to);
          while (cluster.moveKeys(slot, 10, from, to) > 0) {
            // As resharding does, some keys at a time.
          }
          cluster.endMoving(slot, from, to);
        }
        traffic.awaitMore(two, 300);

        int count = traffic.stop();
        assertHeardAll(one, count);
        assertHeardAll(two, count);
      }
    }
  }

  @Test
  void aReplicaThatHasEverythingTakesOverWithoutLoss() throws Exception {
    int half = 500;
    try (var cluster = new RedisCluster(3, 1);
        var one = RedisNode.hasty(cluster.url(), prefix);
        var two = RedisNode.hasty(cluster.url(), prefix)) {
      two.subscribeEventually(TOPIC);
      for (int i = 1; i <= half; i++) {
        one.publishUntilStored(TOPIC, Integer.toString(i));
      }
      InstalledRedis primary = cluster.owner(log);
      Recorder.eventually("replicas that have everything", () -> RedisCluster.replicated(primary));
      primary.kill();

      for (int i = half + 1; i <= 2 * half; i++) {
        one.publishUntilStored(TOPIC, Integer.toString(i));
      }

      assertHeardAll(two, 2 * half);
    }
  }

  @Test
  void aPrimaryThatIsKilledInTheMiddleOfTrafficLosesNothingSilently() throws Exception {
    try (var cluster = new RedisCluster(3, 1);
        var one = RedisNode.hasty(cluster.url(), prefix);
        var two = RedisNode.hasty(cluster.url(), prefix)) {
      two.subscribeEventually(TOPIC);
      try (var traffic = new Traffic(one, TOPIC)) {
        traffic.awaitMore(two, 500);

        cluster.owner(log).kill();

        traffic.awaitMore(two, 500);
        traffic.assertNothingIsLostSilently(two);
      }
    }
  }

  @Test
  void aWildcardHearsNewDestinationsOnEveryShard() throws Exception {
    int count = 60;
    String own = RedisProcess.newPrefix();
    RedisUrl url = RedisCluster.shared().url();
    try (var one = new RedisNode(url, own);
        var two = new RedisNode(url, own)) {
      Recorder.eventually("connections", () -> one.isUp() && two.isUp());
      Destination old = Destination.of("/topic/old/x");
      one.publish(old, "before");
      two.broker.subscribe(new DestinationPattern("/topic/*/x"));

      one.publish(old, "1");
      for (int i = 0; i < count; i++) {
        Destination added = Destination.of("/topic/" + i + "/x");
        one.publish(added, "1");
        one.publish(added, "2");
        one.publish(Destination.of("/topic/" + i + "/y"), "unwanted");
      }

      two.recorder.awaitCount(old, 1);
      assertThat(two.recorder.bodies(old)).containsExactly("1");
      for (int i = 0; i < count; i++) {
        Destination added = Destination.of("/topic/" + i + "/x");
        two.recorder.awaitCount(added, 2);
        assertThat(two.recorder.bodies(added)).containsExactly("1", "2");
        assertThat(two.recorder.received(Destination.of("/topic/" + i + "/y"))).isEmpty();
      }
      assertThat(two.recorder.faults()).isEmpty();
    }
  }
}
