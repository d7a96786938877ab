package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.message.Destination;
import io.pharos.session.Subscription;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What all lanes of a node have in common.
 *
 * @param executor runs what waits: a virtual thread a task
 * @param overflow each destination's policy
 * @param gate for those that read history
 */
record Lanes(
    Broker broker,
    Executor executor,
    Metrics metrics,
    ReplayLimits limits,
    Function<Destination, Overflow> overflow,
    ReplayGate gate) {

  Lanes(
      Broker broker,
      Executor executor,
      Metrics metrics,
      ReplayLimits limits,
      DeliverySettings settings) {
    this(
        broker,
        executor,
        metrics,
        limits,
        settings.overflow(),
        new ReplayGate(settings.replaysAtOnce(), metrics));
  }

  /** Opens one, where all of the destination is new to the client. */
  Lane open(Subscription subscription, Outlet outlet, Destination destination, String epoch) {
    return new Lane(this, subscription, outlet, destination, epoch);
  }
}
