package io.pharos.queue;

import io.pharos.message.Message;

/** A message in its queue, and how often it was handed out. */
final class QueuedMessage {
  private final Message message;
  private int deliveries;

  QueuedMessage(Message message) {
    this.message = message;
  }

  Message message() {
    return message;
  }

  long offset() {
    return message.position().offset();
  }

  int deliveries() {
    return deliveries;
  }

  /** Counts one more delivery, and tells how many there are. */
  int handOut() {
    return ++deliveries;
  }
}
