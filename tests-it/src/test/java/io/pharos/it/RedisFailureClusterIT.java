package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What clients of both nodes are told while Redis fails, and afterwards. */
class RedisFailureClusterIT extends ClusterTest {
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final String topic = newTopic();

  @Test
  void restartOfRedisThatKeepsItsLogCostsClientsNothing() throws Exception {
    try (Jedis client = redis().client()) {
      client.configSet("appendonly", "yes");
      Await.until(
          "the log to be begun",
          () -> client.info("persistence").contains("aof_rewrite_in_progress:0"));
    }
    var numbers = new Numbers(1000);
    List<Follower> followers = followers(topic);
    var acknowledged = new AtomicInteger();
    var away = new CountDownLatch(1);
    CompletableFuture<Integer> refusals =
        new PatientPublisher(rest(ClusterNode.CHARLIE), topic, INTERVAL)
            .publish(numbers, acknowledged, away);
    Await.until("publications", LONG, () -> refusals.isDone() || acknowledged.get() >= 300);

    redis().stop();
    away.countDown();
    for (ClusterNode node : ClusterNode.values()) {
      node.awaitNotReady();
      refusesPublications(node);
    }
    assertThat(acknowledged.get()).isLessThan(numbers.count());
    redis().start(ClusterRedis.Persistence.LOG);
    for (ClusterNode node : ClusterNode.values()) {
      node.awaitReady();
    }

    assertThat(refusals.get()).isPositive();
    haveHeardAllOnOneConnection(followers, numbers.all());
  }

  @Test
  void redisThatLosesEverythingIsAGapToAllAndThenLive() {
    redis().stop();
    // A node that has not noticed is ready, and its next call fails.
    ClusterNode.CHARLIE.awaitNotReady();
    ClusterNode.DELTA.awaitNotReady();
    redis().start(ClusterRedis.Persistence.NONE);
    ClusterNode.CHARLIE.awaitReady();
    ClusterNode.DELTA.awaitReady();
    losesEverything(
        () -> {
          redis().kill();
          redis().start(ClusterRedis.Persistence.NONE);
        });
  }

  @Test
  void flushOfRedisIsAGapToAllAndThenLive() {
    losesEverything(
        () -> {
          try (Jedis client = redis().client()) {
            client.flushAll();
          }
        });
  }

  @Test
  void whatIsNoMessageIsCountedAndCostsNobodyAMessage() {
    List<Follower> followers = followers(topic);
    var metrics = new Metrics(ClusterNode.DELTA.uri());
    long known = metrics.unreadable();
    try (Jedis client = redis().client()) {
      List<String> channels = client.pubsubChannels("*" + topic + "*");
      assertThat(channels).hasSize(1);
      client.publish(channels.getFirst(), "somebody else's");
    }

    var numbers = new Numbers(3);
    numbers.publish(rest(ClusterNode.CHARLIE), topic).join();

    haveHeardAllOnOneConnection(followers, numbers.all());
    assertThat(metrics.unreadable()).isEqualTo(known + 1);
  }

  private void losesEverything(Runnable loss) {
    var before = new Numbers(100);
    var after = new Numbers(200);
    List<Follower> followers = followers(topic);
    before.publish(rest(ClusterNode.CHARLIE), topic).join();
    awaitCount(followers, before.count());

    loss.run();
    int unused =
        new PatientPublisher(rest(ClusterNode.DELTA), topic, INTERVAL)
            .publish(after, new AtomicInteger())
            .join();

    var expected = new ArrayList<>(before.all());
    expected.add(Follower.GAP);
    expected.addAll(after.all());
    haveHeardAllOnOneConnection(followers, expected);
  }

  @Test
  void blackHoleBetweenANodeAndRedisCostsItsClientsNothingOnceItIsHealed() throws Exception {
    var numbers = new Numbers(1000);
    List<Follower> followers = followers(topic);
    var acknowledged = new AtomicInteger();
    CompletableFuture<Integer> refusals =
        new PatientPublisher(rest(ClusterNode.CHARLIE), topic, INTERVAL)
            .publish(numbers, acknowledged);
    Await.until("publications", LONG, () -> refusals.isDone() || acknowledged.get() >= 100);

    redis().link(ClusterNode.DELTA).swallow();
    ClusterNode.DELTA.awaitNotReady();
    refusesPublications(ClusterNode.DELTA);
    ClusterNode.CHARLIE.awaitReady();
    redis().link(ClusterNode.DELTA).heal();
    ClusterNode.DELTA.awaitReady();

    assertThat(refusals.get()).isZero();
    haveHeardAllOnOneConnection(followers, numbers.all());
  }

  /** By REST with 503 and when to come back, by STOMP with ERROR in place of the RECEIPT. */
  private static void refusesPublications(ClusterNode node) throws Exception {
    HttpResponse<String> answer = rest(node).post(Rest.messages("/topic/refused"), "x");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    try (StompClient stomp = StompClient.connect(node.uri(), Token.of("publisher"))) {
      stomp.send(Frame.of("SEND", "destination", "/topic/refused", "receipt", "r").body("x"));
      assertThat(stomp.expect("ERROR").header("receipt-id")).isEqualTo("r");
      assertThat(stomp.closeCode()).isEqualTo(1013);
      assertThat(stomp.waiting()).isEmpty();
    }
  }

  private static void haveHeardAllOnOneConnection(List<Follower> followers, List<String> expected) {
    awaitCount(followers, expected.size());
    for (Follower follower : followers) {
      assertThat(follower.heard()).as(follower.toString()).isEqualTo(expected);
      assertThat(follower.connections()).as(follower.toString()).isEqualTo(1);
    }
  }
}
