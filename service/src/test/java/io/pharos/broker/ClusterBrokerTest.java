package io.pharos.broker;

import io.pharos.redis.RedisCluster;
import io.pharos.redis.RedisUrl;

/** The contract, kept by the logs in a Redis Cluster of three primaries. */
class ClusterBrokerTest extends RedisBrokerTest {

  @Override
  RedisUrl redis() {
    return RedisCluster.shared().url();
  }
}
