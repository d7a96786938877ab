package io.pharos.session;

import io.pharos.message.Message;

/** A message on its way to one subscription. */
public record Delivery(Subscription subscription, Message message) implements Outgoing {
  @Override
  public int weight() {
    return message.weight();
  }
}
