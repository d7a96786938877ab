package io.pharos.queue;

import io.pharos.message.Message;

/**
 * A message that one consumer holds until it settles it.
 *
 * @param deliveries how often the message was handed out, this time included
 * @param tag names this lease to its consumer: no other one of the consumer's ever has it
 */
public record Lease(Message message, int deliveries, long tag) {
  public Lease {
    if (deliveries < 1) {
      throw new IllegalArgumentException("a leased message was handed out at least once");
    }
  }
}
