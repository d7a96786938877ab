package io.pharos.queue;

import io.pharos.redis.RedisCluster;
import io.pharos.redis.RedisProcess;
import io.pharos.redis.RedisWorkQueues;
import java.time.Duration;

/** The contract, kept by the queues in a Redis Cluster of three primaries. */
class ClusterWorkQueuesTest extends WorkQueuesContract {

  @Override
  WorkQueues create(QueueLimits limits) {
    var queues =
        new RedisWorkQueues(
            RedisCluster.shared().url(), RedisProcess.newPrefix(), limits, QueueMetrics.NONE);
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
