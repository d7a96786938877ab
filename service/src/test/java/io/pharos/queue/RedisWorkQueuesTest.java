package io.pharos.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Publication;
import io.pharos.redis.PatientRedis;
import io.pharos.redis.RedisProcess;
import io.pharos.redis.RedisUrl;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract, kept by the queues in Redis. */
class RedisWorkQueuesTest extends WorkQueuesContract {
  private @Nullable PatientRedis redis;

  RedisUrl url() {
    return RedisProcess.shared().url();
  }

  @Override
  WorkQueues create(QueueLimits limits) {
    redis = new PatientRedis(url());
    return redis.queues(limits);
  }

  /** Longer than any stall: what a test publishes must not expire before it is consumed. */
  @Override
  Duration ttl() {
    return Duration.ofHours(1);
  }

  @Override
  void elapse(Duration time) {
    Objects.requireNonNull(redis).elapse(WORK, time);
  }

  @Test
  void aMessageExpiresByTheClockOfRedis() throws InterruptedException {
    var limits = new QueueLimits(10, Duration.ofMillis(200), 3);
    try (WorkQueues brief = new PatientRedis(url()).queues(limits)) {
      brief.publish(List.of(Publication.text(WORK, "1")));

      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!brief.status().isEmpty()) {
        assertThat(System.nanoTime()).as("waiting for its end").isLessThan(end);
        Thread.sleep(20);
      }
    }
  }
}
