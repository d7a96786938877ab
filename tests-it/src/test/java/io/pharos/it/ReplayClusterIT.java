package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A long replay to a client that is slower than it would like to be, while others publish. */
class ReplayClusterIT extends ClusterTest {
  private static final int HISTORY = 50_000;
  private static final int PER_SECOND = 1000;
  private static final int LIVE = 10 * PER_SECOND;
  private static final int BATCH = 50;

  /** Far more than the sockets in between hold, so that the server has to wait for the client. */
  private static final String PADDING = "-".repeat(200);

  /** About 1 MB/s: less than a server could send, more than what is published meanwhile. */
  private static final Duration PAUSE = Duration.ofMillis(8);

  @ParameterizedTest
  @EnumSource
  void slowClientGetsALongHistoryAndThenWhatCameMeanwhile(Follower.Transport transport)
      throws Exception {
    String topic = newTopic();
    Rest publisher = rest(ClusterNode.CHARLIE);
    String start = publisher.publish(topic, "start");
    List<String> all =
        IntStream.range(0, HISTORY + LIVE).mapToObj(number -> number + PADDING).toList();
    ManyNodesClusterIT.inBatches(publisher, topic, all.subList(0, HISTORY), 500).join();

    try (var link = new Link(0, ClusterNode.DELTA.uri().getPort())) {
      link.slowDown(PAUSE);
      Follower follower =
          follow(
              new Follower(transport, URI.create("http://localhost:" + link.port()), topic, start));
      publisher.publishAll(topic, all.subList(HISTORY, HISTORY + BATCH));
      int whileLive = follower.count();
      publishAtItsPace(publisher, topic, all.subList(HISTORY + BATCH, all.size()));
      follower.awaitCount(all.size(), LONG);

      assertThat(whileLive).as("heard when live publishing has begun").isLessThan(HISTORY);
      assertThat(follower.heard().equals(all)).as(follower.toString()).isTrue();
      assertThat(follower.connections()).as(follower.toString()).isEqualTo(1);
    }
  }

  private static void publishAtItsPace(Rest publisher, String topic, List<String> bodies)
      throws InterruptedException {
    long begun = System.nanoTime();
    for (int from = 0; from < bodies.size(); from += BATCH) {
      publisher.publishAll(topic, bodies.subList(from, from + BATCH));
      long due = begun + Duration.ofSeconds(1).toNanos() / PER_SECOND * (from + BATCH);
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
    }
  }
}
