package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A primary that is killed, and a sentinel that puts its replica in its place. */
@Tag("cluster")
class SentinelClusterIT {
  private static final Path REDIS = Path.of("/usr/bin/redis-server");
  private static final Duration LONG = Duration.ofMinutes(3);

  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path folder;

  @BeforeEach
  void redisIsInstalled() {
    assumeTrue(
        Files.isExecutable(REDIS), "Redis is not installed at " + REDIS + ": no failover here");
  }

  @AfterEach
  void endRedis() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  @Test
  void failoverCostsClientsOfBothNodesNothingThatTheyAreNotTold() throws Exception {
    int first = FreePort.next();
    int second = FreePort.next();
    int sentinel = FreePort.next();
    Process primary = start(first, "");
    start(second, "replicaof 127.0.0.1 " + first);
    Await.until("the replica", () -> info(second).contains("master_link_status:up"));
    startSentinel(sentinel, first);
    String url = "redis-sentinel://127.0.0.1:" + sentinel + "/main";

    try (JarNode one = JarNode.start(Files.createDirectory(folder.resolve("1")), "one", url);
        JarNode two = JarNode.start(Files.createDirectory(folder.resolve("2")), "two", url)) {
      var numbers = new Numbers(2000);
      String topic = "/topic/failover";
      var followers = new ArrayList<Follower>();
      try {
        for (JarNode node : List.of(one, two)) {
          for (Follower.Transport transport : Follower.Transport.values()) {
            followers.add(new Follower(transport, node.uri(), topic));
          }
        }
        followers.forEach(Follower::awaitLive);
        var acknowledged = new AtomicInteger();
        var killed = new CountDownLatch(1);
        CompletableFuture<Integer> refusals =
            new PatientPublisher(
                    Rest.of(one.uri(), Token.of("publisher")), topic, Duration.ofMillis(5))
                .publish(numbers, acknowledged, killed);
        Await.until("publications", LONG, () -> refusals.isDone() || acknowledged.get() >= 500);

        primary.destroyForcibly().onExit().join();
        killed.countDown();
        Await.until("the new primary", LONG, () -> info(second).contains("role:master"));

        assertThat(refusals.get()).isPositive();
        followers.forEach(follower -> hasHeardAllButWhatItWasTold(follower, numbers));
      } finally {
        for (Follower follower : followers) {
          follower.close();
        }
      }
    }
  }

  /** A replica that had not caught up has lost what was acknowledged: that is a gap, once. */
  private static void hasHeardAllButWhatItWasTold(Follower follower, Numbers numbers) {
    String last = numbers.all().getLast();
    Await.until(() -> follower + " to hear the last", LONG, () -> follower.heard().contains(last));
    List<String> heard = new ArrayList<>(follower.heard());
    assertThat(follower.connections()).as(follower.toString()).isEqualTo(1);
    if (heard.remove(Follower.GAP)) {
      assertThat(numbers.all()).as(follower.toString()).containsSubsequence(heard);
    } else {
      assertThat(heard).as(follower.toString()).isEqualTo(numbers.all());
    }
  }

  private Process start(int port, String setting) throws IOException {
    return run(
        port,
        """
        save ""
        appendonly no
        repl-diskless-sync-delay 0
        """
            + setting);
  }

  private void startSentinel(int port, int primary) throws IOException {
    Process unused =
        run(
            port,
            """
            sentinel monitor main 127.0.0.1 %d 1
            sentinel down-after-milliseconds main 5000
            sentinel failover-timeout main 10000
            """
                .formatted(primary),
            "--sentinel");
    Await.until(
        "the sentinel to know the replica",
        LONG,
        () -> {
          try (var client = new Jedis("127.0.0.1", port)) {
            return client.sentinelReplicas("main").size() == 1;
          }
        });
  }

  private Process run(int port, String settings, String... options) throws IOException {
    Path file = folder.resolve(port + ".conf");
    Files.writeString(
        file, "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\n" + settings + "\n");
    var command = new ArrayList<>(List.of(REDIS.toString(), file.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(port + ".log").toFile())
            .start();
    processes.add(process);
    Await.until("Redis at " + port, () -> answers(port));
    return process;
  }

  private static boolean answers(int port) {
    try (var client = new Jedis("127.0.0.1", port)) {
      return client.ping().equals("PONG");
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static String info(int port) {
    try (var client = new Jedis("127.0.0.1", port)) {
      return client.info("replication");
    } catch (RuntimeException e) {
      // A server that changes its role ends its connections.
      return "";
    }
  }
}
