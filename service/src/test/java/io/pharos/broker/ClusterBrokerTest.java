package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.redis.RedisBroker;
import io.pharos.redis.RedisCluster;
import io.pharos.redis.RedisProcess;
import java.time.Duration;
import java.util.function.Function;

/** The contract, kept by the logs in a Redis Cluster of three primaries. */
class ClusterBrokerTest extends BrokerContract {

  @Override
  Broker create(Function<Destination, HistoryLimits> limits) {
    return new RedisBroker(RedisCluster.shared().url(), RedisProcess.newPrefix(), limits);
  }

  @Override
  Duration shortTtl() {
    return Duration.ofMillis(200);
  }

  /** Redis has a clock of its own, which nothing but time moves on. */
  @Override
  void elapse(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
