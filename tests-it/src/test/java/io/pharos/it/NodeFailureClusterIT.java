package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that dies without a word. */
class NodeFailureClusterIT extends ClusterTest {
  /** The lease, 10 s, and a machine that has other things to do. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final String topic = newTopic();
  @TempDir private Path folder;

  @Test
  void clientsOfAKilledNodeGoOnAtAnotherAndItIsForgottenWithItsLease() throws Exception {
    var numbers = new Numbers(2000);
    try (JarNode victim = JarNode.start(folder, "victim", "redis://127.0.0.1:" + redis().port())) {
      var followers = new ArrayList<Follower>(followers(topic));
      var moved = new ArrayList<Follower>();
      for (Follower.Transport transport : Follower.Transport.values()) {
        moved.add(follow(new Follower(transport, victim.uri(), topic)));
      }
      followers.addAll(moved);
      var acknowledged = new AtomicInteger();
      var killing = new CountDownLatch(1);
      CompletableFuture<Integer> publishing =
          new PatientPublisher(rest(ClusterNode.CHARLIE), topic, Duration.ofMillis(2))
              .publish(numbers, acknowledged, killing);
      Await.until("publications", LONG, () -> publishing.isDone() || acknowledged.get() >= 500);
      assertThat(nodes()).containsExactlyInAnyOrder("charlie", "delta", "victim");
      awaitPresence("the victim's clients", present -> present.contains("victim"));

      moved.forEach(follower -> follower.moveTo(ClusterNode.DELTA.uri()));
      victim.kill();
      long killed = System.nanoTime();
      assertThat(acknowledged.get()).isLessThan(numbers.count());
      killing.countDown();

      Await.until(
          () -> "the dead node to be forgotten: " + nodes() + present(),
          LEASE,
          () -> !nodes().contains("victim") && !present().contains("victim"));
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LEASE);
      assertThat(publishing.get()).isZero();
      awaitCount(followers, numbers.count());
      for (Follower follower : followers) {
        assertThat(follower.heard()).as(follower.toString()).isEqualTo(numbers.all());
      }
      assertThat(moved).allMatch(follower -> follower.connections() == 2);
      awaitPresence("all of them", present -> present.size() == followers.size());
    }
  }

  private static List<String> nodes() {
    return Rest.json(admin(ClusterNode.CHARLIE).get("/api/nodes")).texts("nodes", "id");
  }

  /** Asks again: whoever takes too long to answer is left out. */
  private void awaitPresence(String whose, Predicate<List<String>> expected) {
    Await.until(
        () -> "presence of " + whose + ", not of " + present(),
        Await.PATIENCE,
        () -> expected.test(present()));
  }

  private List<String> present() {
    return Rest.json(rest(ClusterNode.DELTA).get("/api/presence?destination=" + topic))
        .texts("subscribers", "node");
  }
}
