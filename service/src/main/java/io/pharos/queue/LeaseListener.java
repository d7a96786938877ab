package io.pharos.queue;

/** Takes the messages that a queue hands to one consumer. Must neither block nor throw. */
@FunctionalInterface
public interface LeaseListener {

  /** One more message is the consumer's, in the queue's order. Called from one thread at a time. */
  void leased(Lease lease);
}
