package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work queues of several nodes that share a Redis. */
class QueueClusterIT extends ClusterTest {
  private final String queue = "/queue/cluster-" + UUID.randomUUID();
  private final String dead = queue.replace("/queue/", "/queue/DLQ.");
  @TempDir private Path folder;

  private static long holds(String destination) {
    return Rest.json(admin(ClusterNode.CHARLIE).get("/api/queues")).objects("queues").stream()
        .filter(each -> each.text("destination").equals(destination))
        .mapToLong(each -> each.number("depth") + each.number("pending"))
        .sum();
  }

  @Test
  void tenThousandJobsAreAllDoneThoughANodeIsKilledAndAConsumerReturnsSome() throws Exception {
    int count = 10_000;
    List<String> jobs = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    for (int from = 0; from < count; from += 500) {
      rest(from % 1000 == 0 ? ClusterNode.CHARLIE : ClusterNode.DELTA)
          .publishAll(queue, jobs.subList(from, from + 500));
    }
    var books = new Worker.Books(count / 2);
    var workers = new ArrayList<Worker>();
    try (JarNode victim = JarNode.start(folder, "victim", "redis://127.0.0.1:" + redis().port())) {
      for (int i = 0; i < 3; i++) {
        workers.add(new Worker(victim.uri(), queue, books, 0));
      }
      workers.add(new Worker(ClusterNode.CHARLIE.uri(), queue, books, 0));
      workers.add(new Worker(ClusterNode.DELTA.uri(), queue, books, 0));
      workers.add(new Worker(ClusterNode.DELTA.uri(), queue, books, 20));
      Await.until(() -> books.done().size() + " done", LONG, () -> books.done().size() > count / 4);

      victim.kill();
      assertThat(books.handed()).as("killed in the middle").hasSizeLessThan(count);
      books.goOn();

      Await.until(() -> holds(queue) + " left", LONG, () -> holds(queue) == 0);
    } finally {
      for (Worker worker : workers) {
        worker.close();
      }
    }
    Set<String> ended = new HashSet<>(books.done());
    try (StompClient digger = StompClient.connect(ClusterNode.DELTA.uri(), Token.of("digger"))) {
      long letters = holds(dead);
      digger.subscribe("d", dead);
      for (long i = 0; i < letters; i++) {
        ended.add(digger.expect("MESSAGE").text());
      }
    }
    assertThat(books.unflagged()).isEmpty();
    assertThat(ended).hasSize(count);
  }

  @Test
  void aMessageWakesAConsumerOnAnotherNode() throws Exception {
    try (StompClient consumer =
        StompClient.connect(ClusterNode.DELTA.uri(), Token.of("consumer"))) {
      consumer.subscribe("w", queue, "ack", "client");

      String id = rest(ClusterNode.CHARLIE).publish(queue, "job");

      Frame job = consumer.expect("MESSAGE");
      assertThat(job.text()).isEqualTo("job");
      assertThat(job.header("message-id")).isEqualTo(id);
    }
    Await.until("the job to be back", () -> holds(queue) == 1);
  }
}
