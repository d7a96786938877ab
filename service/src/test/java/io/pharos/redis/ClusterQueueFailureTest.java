package io.pharos.redis;

import static io.pharos.redis.QueueNode.WORK;
import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import io.pharos.queue.Lease;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A work queue in a Redis Cluster whose slots move and whose servers end, under the jobs. */
class ClusterQueueFailureTest {
  private static final int JOBS = 600;

  private final String prefix = RedisProcess.newPrefix();
  private final String key = new Names(prefix).queue("queue", WORK);

  @BeforeAll
  static void installed() {
    InstalledRedis.assumed();
  }

  private static List<String> jobs(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  /** Does every job that it is handed; those whose end it cannot tell come to it again. */
  private static Thread worker(QueueNode node, Set<String> done) {
    QueueNode.Hand hand = node.hand(WORK, 20);
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  var lease = hand.leases.take();
                  done.add(Objects.requireNonNull(lease.message().body().textOrNull()));
                  tellDone(hand, lease);
                }
              } catch (InterruptedException e) {
                hand.close();
              }
            });
  }

  private static void tellDone(QueueNode.Hand hand, Lease lease) {
    try {
      hand.settle(lease, Outcome.ACKNOWLEDGED);
    } catch (PharosException e) {
      assertThat(e.code()).isEqualTo(PharosException.Code.UNAVAILABLE);
    }
  }

  private static void awaitDone(Set<String> done, int count) throws InterruptedException {
    Recorder.eventually(count + " jobs to be done", () -> done.size() >= count);
    assertThat(done).isEqualTo(jobs(1, count).stream().collect(Collectors.toSet()));
  }

  @Test
  void everyJobIsDoneWhileTheQueuesSlotMoves() throws Exception {
    Set<String> done = ConcurrentHashMap.newKeySet();
    int slot = JedisClusterCRC16.getSlot(key);
    try (var cluster = new RedisCluster(3, 0);
        var one = new QueueNode(cluster.url(), prefix);
        var two = new QueueNode(cluster.url(), prefix)) {
      Thread worker = worker(two, done);
      for (int job = 1; job <= JOBS; job++) {
        if (job % (JOBS / 3) == 100) {
          InstalledRedis from = cluster.owner(key);
          InstalledRedis to = cluster.stranger(key);
          cluster.beginMoving(slot, from, to);
          one.publishEventually(WORK, Integer.toString(job));
          while (cluster.moveKeys(slot, 1, from, to) > 0) {
            // The queue's keys part for a moment, as in resharding.
          }
          cluster.endMoving(slot, from, to);
        } else {
          one.publishEventually(WORK, Integer.toString(job));
        }
      }

      awaitDone(done, JOBS);
      Recorder.eventually("nothing to be left", () -> two.status(WORK).depth() == 0);
      worker.interrupt();
      worker.join();
    }
  }

  @Test
  void whatAReplicaHasIsDoneAfterItTookOver() throws Exception {
    Set<String> done = ConcurrentHashMap.newKeySet();
    try (var cluster = new RedisCluster(3, 1);
        var one = new QueueNode(cluster.url(), prefix);
        var two = new QueueNode(cluster.url(), prefix)) {
      for (String job : jobs(1, JOBS / 2)) {
        one.publishEventually(WORK, job);
      }
      InstalledRedis primary = cluster.owner(key);
      Recorder.eventually("replicas that have everything", () -> RedisCluster.replicated(primary));
      Thread worker = worker(two, done);

      primary.kill();

      for (String job : jobs(JOBS / 2 + 1, JOBS)) {
        one.publishEventually(WORK, job);
      }
      awaitDone(done, JOBS);
      worker.interrupt();
      worker.join();
    }
  }
}
