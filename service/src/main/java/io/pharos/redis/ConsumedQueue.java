package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import io.pharos.queue.QueueMetrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is consumed on this node: takes from Redis what the node's consumers have room for,
 * one round trip at a time, and hands it to them in turn. What cannot be given back because Redis
 * is away is kept, and given back later.
 */
final class ConsumedQueue {
  private static final Logger LOG = System.getLogger(ConsumedQueue.class.getName());

  /** Messages of one round trip, which Redis executes as one step. */
  private static final int MOST = 256;

  private final Destination name;
  private final QueueCalls calls;
  private final QueueMetrics metrics;
  private final Executor executor;

  /** One call at a time that changes what this node holds, but for settling. */
  private final ReentrantLock calling = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<RedisConsumer> consumers = new HashSet<>();
  private final LinkedHashSet<RedisConsumer> ready = new LinkedHashSet<>();

  /** Held by nobody here, and still this node's in Redis. */
  private final Set<String> orphans = new LinkedHashSet<>();

  private boolean pulling;
  private boolean again;
  private boolean dropped;

  /** This node is known to Redis as one that consumes; changed under {@link #calling}. */
  private volatile boolean present;

  /** Redis may count messages as held here that never arrived; guarded by {@link #calling}. */
  private boolean doubtful;

  ConsumedQueue(Destination name, QueueCalls calls, QueueMetrics metrics, Executor executor) {
    this.name = name;
    this.calls = calls;
    this.metrics = metrics;
    this.executor = executor;
  }

  Destination name() {
    return name;
  }

  /** Adds a consumer; false when this was dropped and another one must be used. */
  boolean attach(RedisConsumer consumer) {
    lock.lock();
    try {
      if (dropped) {
        return false;
      }
      consumers.add(consumer);
      ready.add(consumer);
    } finally {
      lock.unlock();
    }
    wake();
    return true;
  }

  /** Looks whether there is something to do. Returns at once. */
  void wake() {
    lock.lock();
    try {
      again = true;
      if (!pulling) {
        pulling = true;
        executor.execute(this::pull);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same now and then; true when nobody has consumed here for a while, Redis knows, and this is
   * dropped.
   */
  boolean look() {
    lock.lock();
    try {
      if (consumers.isEmpty() && orphans.isEmpty() && !present && !pulling) {
        dropped = true;
        return true;
      }
    } finally {
      lock.unlock();
    }
    wake();
    return false;
  }

  private void pull() {
    while (goesOn()) {
      calling.lock();
      try {
        round();
      } catch (PharosException e) {
        // The next look tries again.
        LOG.log(Level.DEBUG, "Nothing taken from {0}: {1}", name, e.detail());
        doubtful = true;
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "Taking from " + name + " failed", e);
        doubtful = true;
      } finally {
        calling.unlock();
      }
    }
  }

  private boolean goesOn() {
    lock.lock();
    try {
      pulling = again;
      again = false;
      return pulling;
    } finally {
      lock.unlock();
    }
  }

  private void round() {
    giveBackOrphans();
    int room = 0;
    int count;
    @Nullable Set<String> known = null;
    lock.lock();
    try {
      count = consumers.size();
      for (RedisConsumer consumer : consumers) {
        room += consumer.room();
      }
      if (doubtful) {
        known = new HashSet<>(orphans);
        for (RedisConsumer consumer : consumers) {
          known.addAll(consumer.held());
        }
      }
    } finally {
      lock.unlock();
    }
    if (count == 0) {
      leave();
      return;
    }
    present = true;
    List<TakenMessage> taken = calls.take(name, Math.min(room, MOST), count, known);
    doubtful = false;
    handOut(taken);
    List<String> unreadable =
        taken.stream().filter(each -> each.message() == null).map(TakenMessage::id).toList();
    if (!unreadable.isEmpty()) {
      LOG.log(Level.WARNING, "{0} holds something that is no message", name);
      calls.settle(name, Outcome.REJECTED, unreadable);
    }
  }

  private void handOut(List<TakenMessage> taken) {
    lock.lock();
    try {
      for (TakenMessage each : taken) {
        Message message = each.message();
        if (message != null && ready.isEmpty()) {
          orphans.add(each.id());
        } else if (message != null) {
          handOut(each, message, ready.removeFirst());
        }
      }
      again |= !taken.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void handOut(TakenMessage taken, Message message, RedisConsumer consumer) {
    if (taken.deliveries() == 1) {
      metrics.leased();
    } else {
      metrics.redelivered();
    }
    consumer.lease(taken.id(), message, taken.deliveries());
    if (consumer.room() > 0) {
      ready.add(consumer);
    }
  }

  /** Settles leases in Redis, and only then here. */
  void settle(RedisConsumer consumer, Collection<Long> tags, Outcome outcome) {
    List<String> ids;
    lock.lock();
    try {
      ids = consumer.ids(tags, outcome);
    } finally {
      lock.unlock();
    }
    if (ids.isEmpty()) {
      return;
    }
    calls.settle(name, outcome, ids);
    lock.lock();
    try {
      consumer.forget(tags, outcome == Outcome.ACKNOWLEDGED ? ids : List.of());
      if (outcome == Outcome.RETURNED) {
        // The others come first: perhaps one of them can do it.
        ready.remove(consumer);
      }
      if (consumers.contains(consumer) && consumer.room() > 0) {
        ready.add(consumer);
      }
    } finally {
      lock.unlock();
    }
    wake();
  }

  /**
   * Removes a consumer; false when it was removed before. What it holds goes back now, or once
   * Redis is there again.
   */
  boolean detach(RedisConsumer consumer) {
    lock.lock();
    try {
      if (!consumers.remove(consumer)) {
        return false;
      }
      ready.remove(consumer);
      orphans.addAll(consumer.forgetAll());
    } finally {
      lock.unlock();
    }
    tidy();
    wake();
    return true;
  }

  /** Removes all consumers. */
  void close() {
    List<RedisConsumer> all;
    lock.lock();
    try {
      all = List.copyOf(consumers);
    } finally {
      lock.unlock();
    }
    all.forEach(this::detach);
  }

  /** Gives back what nobody holds, and leaves the queue when nobody consumes it any more. */
  private void tidy() {
    calling.lock();
    try {
      giveBackOrphans();
      leave();
    } catch (PharosException e) {
      LOG.log(Level.DEBUG, "Nothing given back to {0} yet: {1}", name, e.detail());
      doubtful = true;
    } finally {
      calling.unlock();
    }
  }

  private void giveBackOrphans() {
    List<String> ids;
    lock.lock();
    try {
      ids = new ArrayList<>(orphans);
    } finally {
      lock.unlock();
    }
    if (!ids.isEmpty()) {
      calls.settle(name, Outcome.RETURNED, ids);
      lock.lock();
      try {
        ids.forEach(orphans::remove);
      } finally {
        lock.unlock();
      }
    }
  }

  private void leave() {
    boolean consumed;
    lock.lock();
    try {
      consumed = !consumers.isEmpty();
    } finally {
      lock.unlock();
    }
    if (present && !consumed) {
      calls.leave(name);
      present = false;
      doubtful = false;
    }
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
