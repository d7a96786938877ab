package io.pharos.hub;

import io.pharos.message.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Live messages of a lane of which it is not known whether they follow what was sent. They are no
 * more than a saving: whenever they are dropped, history has them. The lane's lock guards it.
 */
final class Held {
  private final ReplayLimits limits;
  private List<Message> messages = new ArrayList<>(0);
  private long bytes;

  Held(ReplayLimits limits) {
    this.limits = limits;
  }

  /**
   * Keeps some more.
   *
   * @return false when there is no room for them, and all were dropped
   */
  boolean add(List<Message> batch) {
    for (Message message : batch) {
      bytes += message.weight();
    }
    if (messages.size() + batch.size() > limits.held() || bytes > limits.heldBytes()) {
      takeAll();
      return false;
    }
    messages.addAll(batch);
    return true;
  }

  /** Takes out all of them, oldest first. */
  List<Message> takeAll() {
    List<Message> all = messages;
    messages = new ArrayList<>(0);
    bytes = 0;
    return all;
  }
}
