package io.pharos.queue;

import io.pharos.redis.RedisCluster;
import io.pharos.redis.RedisUrl;

/** The contract, kept by the queues in a Redis Cluster of three primaries. */
class ClusterWorkQueuesTest extends RedisWorkQueuesTest {

  @Override
  RedisUrl url() {
    return RedisCluster.shared().url();
  }
}
