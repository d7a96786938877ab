package io.pharos.queue;

import io.pharos.redis.RedisProcess;
import io.pharos.redis.RedisUrl;
import io.pharos.redis.RedisWorkQueues;
import java.time.Duration;

/** The contract, kept by the queues in Redis. */
class RedisWorkQueuesTest extends WorkQueuesContract {

  RedisUrl redis() {
    return RedisProcess.shared().url();
  }

  @Override
  WorkQueues create(QueueLimits limits) {
    var queues = new RedisWorkQueues(redis(), RedisProcess.newPrefix(), limits, QueueMetrics.NONE);
    queues.start();
    return queues;
  }

  @Override
  Duration ttl() {
    return Duration.ofMillis(300);
  }

  /** Redis has a clock of its own, which nothing but time moves on. */
  @Override
  void elapse(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
