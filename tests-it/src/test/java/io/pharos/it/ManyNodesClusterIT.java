package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Two nodes that are well are one log. */
class ManyNodesClusterIT extends ClusterTest {

  @Test
  void twoPublishersOnTwoNodesAreHeardInOneOrderByAllAndNothingIsLostOrDoubled() {
    int each = 50_000;
    String topic = newTopic();
    List<Follower> followers = followers(topic);

    List<CompletableFuture<Void>> publishers =
        List.of(ClusterNode.values()).stream()
            .map(node -> inBatches(rest(node), topic, numbered(node.id(), each), 200))
            .toList();
    publishers.forEach(CompletableFuture::join);
    awaitCount(followers, 2 * each);

    List<String> order = followers.getFirst().heard();
    for (ClusterNode node : ClusterNode.values()) {
      assertThat(order.stream().filter(body -> body.startsWith(node.id())).toList())
          .isEqualTo(numbered(node.id(), each));
    }
    assertThat(order).hasSize(2 * each);
    for (Follower follower : followers) {
      assertThat(follower.heard().equals(order)).as(follower.toString()).isTrue();
    }
  }

  @Test
  void oneKeyOnBothNodesAtOnceIsOneMessageWithOneId() throws Exception {
    int rounds = 50;
    String topic = newTopic();
    List<Follower> followers = followers(topic);
    var barrier = new CyclicBarrier(2);

    for (int round = 0; round < rounds; round++) {
      String key = UUID.randomUUID().toString();
      String body = Integer.toString(round);
      var ids = new ArrayList<CompletableFuture<String>>();
      for (ClusterNode node : ClusterNode.values()) {
        ids.add(
            CompletableFuture.supplyAsync(
                () -> {
                  await(barrier);
                  return rest(node).publish(topic, body, "Idempotency-Key", key);
                },
                task -> Thread.ofVirtual().start(task)));
      }
      assertThat(ids.get(0).get()).isEqualTo(ids.get(1).get());
    }
    rest(ClusterNode.CHARLIE).publish(topic, "last");

    awaitCount(followers, rounds + 1);
    List<String> expected = new ArrayList<>(new Numbers(rounds).all());
    expected.add("last");
    for (Follower follower : followers) {
      assertThat(follower.heard()).as(follower.toString()).isEqualTo(expected);
    }
  }

  @Test
  void nodeWithoutASubscriberOfADestinationGetsNothingOfIt() {
    String topic = newTopic();
    Follower follower =
        follow(new Follower(Follower.Transport.SSE, ClusterNode.CHARLIE.uri(), topic));
    long charlie = redis().link(ClusterNode.CHARLIE).bytesFromServer();
    long delta = redis().link(ClusterNode.DELTA).bytesFromServer();
    int messages = 2000;
    int size = 1000;

    String padding = "x".repeat(size);
    List<String> bodies = IntStream.range(0, messages).mapToObj(i -> i + padding).toList();
    inBatches(rest(ClusterNode.CHARLIE), topic, bodies, 200).join();
    follower.awaitCount(messages, LONG);

    assertThat(redis().link(ClusterNode.CHARLIE).bytesFromServer() - charlie)
        .isGreaterThan((long) messages * size);
    // Pings, leases and presence go on, for as long as that takes; the messages are not among them.
    assertThat(redis().link(ClusterNode.DELTA).bytesFromServer() - delta)
        .isLessThan((long) messages * size / 10);
    try (Jedis client = redis().client()) {
      String channel = "pharos:messages:{" + topic + "}";
      assertThat(client.pubsubNumSub(channel)).containsEntry(channel, 1L);
    }
  }

  static List<String> numbered(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + " " + i).toList();
  }

  static CompletableFuture<Void> inBatches(
      Rest rest, String topic, List<String> bodies, int batch) {
    return CompletableFuture.runAsync(
        () -> {
          for (int from = 0; from < bodies.size(); from += batch) {
            rest.publishAll(topic, bodies.subList(from, Math.min(bodies.size(), from + batch)));
          }
        },
        task -> Thread.ofVirtual().name("publisher").start(task));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      int unused = barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
