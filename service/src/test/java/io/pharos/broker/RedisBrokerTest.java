package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.redis.RedisBroker;
import io.pharos.redis.RedisProcess;
import io.pharos.redis.RedisUrl;
import java.time.Duration;
import java.util.function.Function;

/** The contract, kept by the log in Redis. */
class RedisBrokerTest extends BrokerContract {

  RedisUrl redis() {
    return RedisProcess.shared().url();
  }

  @Override
  Broker create(Function<Destination, HistoryLimits> limits) {
    return new RedisBroker(redis(), RedisProcess.newPrefix(), limits);
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
