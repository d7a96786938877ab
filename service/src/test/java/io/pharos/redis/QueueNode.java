package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.queue.Lease;
import io.pharos.queue.QueueConsumer;
import io.pharos.queue.QueueLimits;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.QueueStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A node that consumes work queues, with a short lease; it can be killed. */
final class QueueNode implements AutoCloseable {
  static final Destination WORK = Destination.of("/queue/work");
  static final Destination DEAD = Destination.of("/queue/DLQ.work");
  static final QueueLimits LIMITS = new QueueLimits(20_000, Duration.ofDays(7), 5);
  static final QueueTimings TIMINGS =
      new QueueTimings(Duration.ofMillis(1500), Duration.ofMillis(100));

  final RedisWorkQueues queues;
  private boolean dead;

  QueueNode(RedisUrl url, String prefix) {
    this(url, prefix, TIMINGS);
  }

  QueueNode(RedisUrl url, String prefix, QueueTimings timings) {
    this(url, prefix, timings, RedisNode.PATIENT);
  }

  /**
   * @param redis how soon it takes Redis for lost
   */
  QueueNode(RedisUrl url, String prefix, QueueTimings timings, RedisTimings redis) {
    queues = new RedisWorkQueues(url, prefix, LIMITS, QueueMetrics.NONE, redis, timings);
    queues.start();
  }

  /** A consumer of one queue that keeps what it is handed until the test takes it. */
  static final class Hand {
    final BlockingQueue<Lease> leases = new LinkedBlockingQueue<>();
    private final QueueConsumer consumer;

    Hand(QueueNode node, Destination queue, int window) {
      consumer = node.queues.attach(queue, window, leases::add);
    }

    Lease take(String body) throws InterruptedException {
      Lease lease = leases.poll(60, TimeUnit.SECONDS);
      assertThat(lease).as("a lease of '%s'", body).isNotNull();
      assertThat(Objects.requireNonNull(lease).message().body().textOrNull()).isEqualTo(body);
      return lease;
    }

    void settle(Lease lease, Outcome outcome) {
      consumer.settle(List.of(lease.tag()), outcome);
    }

    void close() {
      consumer.close();
    }
  }

  Hand hand(Destination queue, int window) {
    return new Hand(this, queue, window);
  }

  void publish(Destination queue, String... bodies) {
    queues.publish(List.of(bodies).stream().map(body -> Publication.text(queue, body)).toList());
  }

  /** Tries until Redis is there. */
  void publishEventually(Destination queue, String body) throws InterruptedException {
    Recorder.eventually(
        "publishing " + body,
        () -> {
          try {
            publish(queue, body);
            return true;
          } catch (PharosException e) {
            return false;
          }
        });
  }

  QueueStatus status(Destination queue) {
    return queues.status().stream()
        .filter(each -> each.queue().equals(queue))
        .findFirst()
        .orElse(new QueueStatus(queue, 0, 0, 0));
  }

  /** As {@code kill -9} would. */
  void kill() {
    dead = true;
    queues.crash();
  }

  @Override
  public void close() {
    if (!dead) {
      queues.close();
    }
  }
}
