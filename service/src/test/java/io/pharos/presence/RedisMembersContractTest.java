package io.pharos.presence;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.redis.PatientRedis;
import io.pharos.redis.RedisProcess;
import java.time.Clock;
import java.time.Duration;

/** The contract, kept by a node that has others beside it, or could have. */
class RedisMembersContractTest extends MembersContract {
  @Override
  Members create(NodeView view) {
    var broker =
        new MemoryBroker(d -> new HistoryLimits(10, Duration.ofMinutes(1)), Clock.systemUTC());
    return new PatientRedis(RedisProcess.shared().url()).members(view, broker);
  }
}
