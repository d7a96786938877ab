package io.pharos.redis;

import io.pharos.message.Message;
import io.pharos.message.Outcome;
import io.pharos.queue.Lease;
import io.pharos.queue.LeaseListener;
import io.pharos.queue.QueueConsumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One consumer on this node, and what it holds. The queue's lock guards its state. */
final class RedisConsumer implements QueueConsumer {
  private static final System.Logger LOG = System.getLogger(RedisConsumer.class.getName());

  private final ConsumedQueue queue;
  private final int window;
  private final LeaseListener listener;
  private final Runnable onClose;
  private final Map<Long, String> held = new LinkedHashMap<>();

  /** Leases that have ended since Redis has handed out their messages anew, to this consumer. */
  private final Map<Long, String> over = new HashMap<>(0);

  private long tags;

  /**
   * @param onClose runs once, after the end
   */
  RedisConsumer(ConsumedQueue queue, int window, LeaseListener listener, Runnable onClose) {
    if (window < 1) {
      throw new IllegalArgumentException("a consumer's window must be positive");
    }
    this.queue = queue;
    this.window = window;
    this.listener = listener;
    this.onClose = onClose;
  }

  int room() {
    return window - held.size();
  }

  /** The ids of what it holds. */
  Collection<String> held() {
    return held.values();
  }

  /**
   * Hands a message over.
   *
   * @param id what Redis calls it
   */
  void lease(String id, Message message, int deliveries) {
    if (deliveries > 1) {
      end(id);
    }
    held.put(++tags, id);
    try {
      listener.leased(new Lease(message, deliveries, tags));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A consumer of " + queue + " failed", e);
    }
  }

  /** A message that is held twice would take two places, one of which nobody gives up. */
  private void end(String id) {
    held.entrySet()
        .removeIf(
            lease -> {
              boolean ends = lease.getValue().equals(id);
              if (ends) {
                over.put(lease.getKey(), id);
              }
              return ends;
            });
  }

  /**
   * What Redis calls the messages of these tags, as far as they are held; what is done is done also
   * by a lease that is over.
   */
  List<String> ids(Collection<Long> some, Outcome outcome) {
    var ids = new ArrayList<String>(some.size());
    for (Long tag : some) {
      String id = held.get(tag);
      if (id == null && outcome == Outcome.ACKNOWLEDGED) {
        id = over.get(tag);
      }
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /**
   * Takes away what is settled.
   *
   * @param done what was acknowledged, as Redis calls it: no lease of it is left
   */
  void forget(Collection<Long> some, Collection<String> done) {
    held.keySet().removeAll(some);
    if (!over.isEmpty()) {
      Set<String> ids = Set.copyOf(done);
      held.values().removeIf(ids::contains);
      over.values().removeIf(ids::contains);
    }
  }

  /** Takes away all that it holds. */
  List<String> forgetAll() {
    List<String> all = List.copyOf(held.values());
    held.clear();
    over.clear();
    return all;
  }

  @Override
  public void settle(Collection<Long> some, Outcome outcome) {
    queue.settle(this, some, outcome);
  }

  @Override
  public void close() {
    if (queue.detach(this)) {
      onClose.run();
    }
  }
}
