package io.pharos.session;

import io.pharos.message.Message;

/**
 * A message on its way to one subscription which somebody has to answer for: the client, or whoever
 * writes it where the client need not.
 *
 * @param deliveries how often the message was handed out, this time included
 * @param tag what the acknowledger calls it
 */
public record AcknowledgedDelivery(
    Subscription subscription, Message message, int deliveries, long tag, Acknowledger acknowledger)
    implements Outgoing {
  @Override
  public int weight() {
    return message.weight();
  }
}
