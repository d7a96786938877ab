package io.pharos.stomp;

import io.pharos.message.Destination;
import io.pharos.session.Subscription;
import java.util.function.Consumer;

/** Finds a session's open subscriptions, whoever keeps them. */
@FunctionalInterface
interface SubscriptionLookup {

  /** Does something with each one that takes in a destination. */
  void forEach(Destination destination, Consumer<Subscription> action);
}
