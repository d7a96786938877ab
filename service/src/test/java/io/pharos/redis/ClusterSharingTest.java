package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.presence.FakeNode;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import io.pharos.queue.QueueLimits;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.QueueStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes on one Redis Cluster share beside their logs. */
@Timeout(300)
class ClusterSharingTest {

  @Test
  void nodesAnswerEachOtherAndEndConnectionsAnywhere() {
    try (var nodes = new Cluster(RedisCluster.shared().url())) {
      RedisMembers one =
          nodes.join(new FakeNode("n1").with("c1", "ann", "/topic/chat"), Cluster.PATIENT);
      var far = new FakeNode("n2").with("c2", "bob", "/topic/chat");
      RedisMembers two = nodes.join(far, Cluster.PATIENT);

      for (RedisMembers each : List.of(one, two)) {
        assertThat(Cluster.ids(each.nodes())).containsExactlyInAnyOrder("n1", "n2");
        assertThat(each.subscribers(Cluster.CHAT).found())
            .containsExactlyInAnyOrder(
                new Subscriber("ann", "c1", "n1"), new Subscriber("bob", "c2", "n2"));
      }
      assertThat(one.end(new Selection.User("bob"))).isEqualTo(1);
      assertThat(two.connections().found()).extracting("id").containsExactly("c1");
    }
  }

  @Test
  void aDeadNodesSeatsAreGivenUpByTheOthers() {
    try (var nodes = new Cluster(RedisCluster.shared().url())) {
      Cluster.tell(nodes.silent(new FakeNode("dying")).roster(), 1, Cluster.taken("ann", "s1"));
      RedisMembers other = nodes.join(new FakeNode("n2"), Cluster.LASTING);

      Cluster.eventually(
          () -> {
            Cluster.tell(other.roster(), 0);
            assertThat(nodes.events()).containsExactly("join ann", "leave ann");
          });
    }
  }

  @Test
  void batchesForQueuesOfSeveralShardsAreStoredAsAWholeOrNotAtAll() throws Exception {
    int room = 30;
    var queues =
        List.of(Destination.of("/queue/a"), Destination.of("/queue/b"), Destination.of("/queue/c"));
    List<Publication> batch = queues.stream().map(each -> Publication.text(each, "x")).toList();
    var limits = new QueueLimits(room, Duration.ofDays(7), 5);
    try (var node =
            new RedisWorkQueues(
                RedisCluster.shared().url(),
                RedisProcess.newPrefix(),
                limits,
                QueueMetrics.NONE,
                RedisNode.PATIENT,
                QueueTimings.DEFAULT);
        var threads = Executors.newFixedThreadPool(4)) {
      node.start();
      var tasks = new ArrayList<Callable<Integer>>();
      for (int t = 0; t < 4; t++) {
        tasks.add(() -> publishUntilFull(node, batch, room));
      }
      int stored = 0;
      for (Future<Integer> each : threads.invokeAll(tasks)) {
        stored += each.get();
      }

      assertThat(stored).isPositive().isLessThanOrEqualTo(room);
      List<QueueStatus> statuses = node.status();
      assertThat(statuses).hasSize(3);
      for (QueueStatus each : statuses) {
        assertThat(each.depth()).isEqualTo(stored);
      }
    }
  }

  /** Returns how many batches were stored; each thread tries to fill the queues by itself. */
  private static int publishUntilFull(RedisWorkQueues node, List<Publication> batch, int most) {
    int stored = 0;
    for (int i = 0; i < most; i++) {
      try {
        node.publish(batch);
        stored++;
      } catch (PharosException e) {
        assertThat(e.code()).isEqualTo(PharosException.Code.LIMIT_EXCEEDED);
      }
    }
    return stored;
  }
}
