package io.pharos.broker;

import java.time.Duration;

/** The contract as a broker in memory meets it, with a clock that the tests move. */
abstract class MemoryBrokerContract extends BrokerContract {
  final VirtualClock clock = new VirtualClock();

  @Override
  final Duration shortTtl() {
    return Duration.ofSeconds(30);
  }

  @Override
  final void elapse(Duration time) {
    clock.advance(time);
  }
}
