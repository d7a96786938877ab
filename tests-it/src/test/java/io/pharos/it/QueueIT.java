package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work queues on a real server: in over HTTP and STOMP, out over STOMP. */
class QueueIT extends NodeTest {
  private final String queue = "/queue/it/" + UUID.randomUUID();
  private Rest alice;

  @BeforeEach
  void callAsAlice() {
    alice = Rest.of(node(), Token.of("alice"));
  }

  private static StompClient connect() throws Exception {
    return StompClient.connect(node(), Token.of("alice"));
  }

  private static String ack(Frame message) {
    return Objects.requireNonNull(message.header("ack"));
  }

  private Json status(Rest caller) {
    return Rest.json(caller.get("/api/queues")).objects("queues").stream()
        .filter(each -> each.text("destination").equals(queue))
        .findFirst()
        .orElse(new Json(Map.of()));
  }

  @Test
  void jobsPublishedOverHttpWaitForTheirConsumer() throws Exception {
    String id = alice.publish(queue, "job", "Content-Type", "text/plain");
    assertThat(status(alice).number("depth")).isEqualTo(1);

    try (StompClient worker = connect()) {
      worker.subscribe("w", queue, "ack", "client-individual");
      Frame job = worker.expect("MESSAGE");
      assertThat(job.text()).isEqualTo("job");
      assertThat(job.header("message-id")).isEqualTo(id);
      assertThat(job.header("content-type")).isEqualTo("text/plain");
      assertThat(job.header("redelivered")).isNull();
      assertThat(status(alice).number("pending")).isEqualTo(1);
      assertThat(status(alice).number("consumers")).isEqualTo(1);

      worker.send(Frame.of("ACK", "id", ack(job)));
      assertThat(worker.settle("done")).isEmpty();
      assertThat(status(alice).number("pending")).isZero();
    }
    Await.until("an empty queue is not listed", () -> status(alice).names().isEmpty());
  }

  @Test
  void jobsOfALostConsumerGoToTheNextOneAndSaySo() throws Exception {
    alice.publish(queue, "job");
    try (StompClient lost = connect()) {
      lost.subscribe("w", queue, "ack", "client");
      lost.expect("MESSAGE");
    }
    try (StompClient next = connect()) {
      next.subscribe("w", queue, "ack", "client");
      Frame again = next.expect("MESSAGE");
      assertThat(again.header("redelivered")).isEqualTo("true");
      assertThat(again.header("delivery-count")).isEqualTo("2");
      next.send(Frame.of("NACK", "id", ack(again), "requeue", "false"));
      next.subscribe("d", queue.replace("/queue/", "/queue/DLQ."));
      assertThat(next.expect("MESSAGE").header("dead-letter-queue")).isEqualTo(queue);
    }
  }

  @Test
  void tenThousandJobsAreEachDoneOnceByThreeConsumers() throws Exception {
    int count = 10_000;
    List<String> jobs = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    for (int from = 0; from < count; from += 1000) {
      alice.publishAll(queue, jobs.subList(from, from + 1000));
    }
    Set<String> done = new HashSet<>();
    try (StompClient one = connect();
        StompClient two = connect();
        StompClient three = connect()) {
      List<StompClient> workers = List.of(one, two, three);
      for (StompClient worker : workers) {
        worker.subscribe("w", queue, "ack", "client-individual", "prefetch-count", "100");
      }
      Await.until(
          () -> done.size() + " jobs are done",
          Duration.ofMinutes(3),
          () -> {
            workers.forEach(worker -> doWhatHasCome(worker, done));
            return done.size() == count;
          });
      for (StompClient worker : workers) {
        assertThat(worker.settle("end")).isEmpty();
      }
      assertThat(status(alice).number("depth") + status(alice).number("pending")).isZero();
    }
  }

  private static void doWhatHasCome(StompClient worker, Set<String> done) {
    try {
      for (int left = worker.waiting().size(); left > 0; left--) {
        Frame job = worker.expect("MESSAGE");
        assertThat(job.header("redelivered")).isNull();
        assertThat(done.add(job.text())).as(job.text()).isTrue();
        worker.send(Frame.of("ACK", "id", ack(job)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void transactionTakesAJobAndLeavesItsResultTogether() throws Exception {
    String results = queue + "/results";
    alice.publish(queue, "job");
    try (StompClient worker = connect();
        StompClient reader = connect()) {
      worker.subscribe("w", queue, "ack", "client");
      Frame job = worker.expect("MESSAGE");
      worker.send(Frame.of("BEGIN", "transaction", "t"));
      worker.send(Frame.of("SEND", "destination", results, "transaction", "t").body("result"));
      worker.send(Frame.of("ACK", "id", ack(job), "transaction", "t"));
      assertThat(worker.settle("before")).isEmpty();
      reader.subscribe("r", results);
      assertThat(reader.settle("nothing")).isEmpty();
      assertThat(status(alice).number("pending")).isEqualTo(1);

      worker.send(Frame.of("COMMIT", "transaction", "t"));

      assertThat(reader.expect("MESSAGE").text()).isEqualTo("result");
      assertThat(worker.settle("after")).isEmpty();
      assertThat(status(alice).number("pending")).isZero();
    }
  }

  @Test
  void queuesAreListedForThoseWhoMayReadThem() {
    alice.publish(queue, "job");

    Rest other = Rest.of(node(), Token.of("other").withoutRights());
    assertThat(status(other).names()).isEmpty();
    Rest admin = Rest.of(node(), Token.of("admin").claim("pharos", Map.of("admin", true)));
    assertThat(status(admin).number("depth")).isEqualTo(1);
  }

  @Test
  void whatQueuesDoNotHaveIsRefusedInWords() {
    assertRefused(alice.get(Rest.history(queue)), "has no history");
    assertRefused(alice.get(EventStream.of(queue)), "consume it by STOMP");
  }

  private static void assertRefused(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Rest.json(answer).text("detail")).contains(why);
  }

  @Test
  void metricsShowWhatQueuesHold() {
    alice.publish(queue, "job");

    assertThat(new Rest(node(), "").get("/metrics?scope=application").body())
        .contains("pharos_queue_depth", "pharos_queue_acknowledged_total");
  }
}
