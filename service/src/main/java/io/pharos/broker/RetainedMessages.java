package io.pharos.broker;

import io.pharos.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The retained tail of one log: always its newest messages, without a hole. A ring that grows with
 * what it holds, so that reading a page from its middle costs the page and no more.
 */
final class RetainedMessages {
  private @Nullable Message[] ring = new Message[8];
  private int head;
  private int size;

  /** How many of the oldest have been let cool. */
  private int cool;

  int size() {
    return size;
  }

  void add(Message message) {
    if (size == ring.length) {
      grow();
    }
    ring[(head + size) & (ring.length - 1)] = message;
    size++;
  }

  void trim(HistoryLimits limits, Instant now) {
    Instant oldest = now.minus(limits.ttl());
    while (size > limits.size() || (size > 0 && at(0).timestamp().isBefore(oldest))) {
      ring[head] = null;
      head = (head + 1) & (ring.length - 1);
      size--;
      cool = Math.max(0, cool - 1);
    }
    if (size == 0 && ring.length > 8) {
      ring = new Message[8];
      head = 0;
    }
  }

  /**
   * Lets go of the forms of messages that came before some time: nearly everybody has got them by
   * then. Once for each, so that the forms stay that are made for clients which come back.
   */
  void cool(Instant before) {
    while (cool < size && at(cool).timestamp().isBefore(before)) {
      at(cool).forgetForms();
      cool++;
    }
  }

  /** Up to {@code limit} messages from the {@code from}-th retained one on. */
  List<Message> slice(int from, int limit) {
    int to = (int) Math.min(size, (long) from + limit);
    var page = new ArrayList<Message>(Math.max(0, to - from));
    for (int i = from; i < to; i++) {
      page.add(at(i));
    }
    return page;
  }

  private Message at(int index) {
    Message message = ring[(head + index) & (ring.length - 1)];
    if (message == null) {
      throw new IllegalStateException("no message at " + index + " of " + size);
    }
    return message;
  }

  private void grow() {
    @Nullable Message[] larger = new Message[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = at(i);
    }
    ring = larger;
    head = 0;
  }
}
