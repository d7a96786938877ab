package io.pharos.queue;

import io.pharos.message.Outcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A consumer of a queue in memory, and what it holds. The queue's lock guards its state. */
final class MemoryConsumer implements QueueConsumer {
  private static final System.Logger LOG = System.getLogger(MemoryConsumer.class.getName());

  private final MemoryQueue queue;
  private final int window;
  private final LeaseListener listener;
  private final Map<Long, QueuedMessage> held;
  private long tags;

  MemoryConsumer(MemoryQueue queue, int window, LeaseListener listener) {
    if (window < 1) {
      throw new IllegalArgumentException("a consumer's window must be positive");
    }
    this.queue = queue;
    this.window = window;
    this.listener = listener;
    this.held = new LinkedHashMap<>();
  }

  boolean hasRoom() {
    return held.size() < window;
  }

  int held() {
    return held.size();
  }

  void lease(QueuedMessage message) {
    held.put(++tags, message);
    var lease = new Lease(message.message(), message.handOut(), tags);
    try {
      listener.leased(lease);
    } catch (RuntimeException e) {
      // Whoever published must not be told that the message is not stored.
      LOG.log(System.Logger.Level.ERROR, "A consumer of " + queue + " failed", e);
    }
  }

  /** Takes the lease of this tag away; null when it has ended already. */
  @Nullable QueuedMessage release(long tag) {
    return held.remove(tag);
  }

  /** Takes all leases away, the oldest first. */
  Collection<QueuedMessage> releaseAll() {
    Map<Long, QueuedMessage> all = new LinkedHashMap<>(held);
    held.clear();
    return all.values();
  }

  @Override
  public void settle(Collection<Long> tags, Outcome outcome) {
    queue.settle(this, tags, outcome);
  }

  @Override
  public void close() {
    queue.detach(this);
  }
}
