package io.pharos.queue;

import io.pharos.broker.Published;
import io.pharos.broker.RecentKeys;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One queue: its waiting messages, the oldest first, and its consumers, served in turn as long as
 * their windows have room. A message that comes back takes its old place. One lock guards all of
 * it, also while messages are handed out; dead letters are handed over after it is released.
 */
final class MemoryQueue {
  private final Destination name;
  private final String epoch;
  private final QueueLimits limits;
  private final Clock clock;
  private final QueueMetrics metrics;
  private final Consumer<List<Publication>> deadLetters;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Long, QueuedMessage> waiting = new TreeMap<>();
  private final RecentKeys keys = new RecentKeys();
  private final Set<MemoryConsumer> consumers = new HashSet<>();
  private final LinkedHashSet<MemoryConsumer> ready = new LinkedHashSet<>();
  private long pending;
  private long top;
  private Instant now;
  private boolean handingOut;
  private boolean dropped;

  MemoryQueue(
      Destination name,
      String epoch,
      QueueLimits limits,
      Clock clock,
      QueueMetrics metrics,
      Consumer<List<Publication>> deadLetters) {
    this.name = name;
    this.epoch = epoch;
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
    this.deadLetters = deadLetters;
    this.now = clock.instant();
  }

  /**
   * Takes the lock for {@link #checkRoom}, {@link #append} and {@link #handOut}; false when this
   * queue was dropped and another one must be used.
   */
  boolean lock() {
    lock.lock();
    if (dropped) {
      lock.unlock();
    } else {
      useClock();
    }
    return !dropped;
  }

  void unlock() {
    lock.unlock();
  }

  /** Refuses publications that would not all find room. */
  void checkRoom(List<Publication> publications) {
    var seen = new HashSet<String>();
    long added =
        publications.stream()
            .map(Publication::idempotencyKey)
            .filter(key -> key == null || keys.get(key) == null && seen.add(key))
            .count();
    if (waiting.size() + pending + added > limits.maxMessages()) {
      throw new PharosException(
          PharosException.Code.LIMIT_EXCEEDED,
          "the queue '" + name + "' is full: it holds " + limits.maxMessages() + " messages");
    }
  }

  Published append(Publication publication) {
    String key = publication.idempotencyKey();
    Position known = key == null ? null : keys.get(key);
    if (known != null) {
      return new Published(name, known, true);
    }
    var position = new Position(epoch, ++top);
    waiting.put(top, new QueuedMessage(new Message(position, now, publication)));
    if (key != null) {
      keys.put(key, position, now);
    }
    return new Published(name, position, false);
  }

  /** Hands out as long as there is a message and a consumer that has room. */
  void handOut() {
    if (handingOut) {
      // A consumer has settled while it was handed a message: the loop below goes on.
      return;
    }
    handingOut = true;
    try {
      while (!waiting.isEmpty() && !ready.isEmpty()) {
        MemoryConsumer next = ready.removeFirst();
        QueuedMessage message = waiting.pollFirstEntry().getValue();
        pending++;
        if (message.deliveries() == 0) {
          metrics.leased();
        } else {
          metrics.redelivered();
        }
        next.lease(message);
        offerRoom(next);
      }
    } finally {
      handingOut = false;
    }
  }

  private void offerRoom(MemoryConsumer consumer) {
    if (consumers.contains(consumer) && consumer.hasRoom()) {
      ready.add(consumer);
    }
  }

  /** Adds a consumer; false when this queue was dropped and another one must be used. */
  boolean attach(MemoryConsumer consumer) {
    if (!lock()) {
      return false;
    }
    try {
      consumers.add(consumer);
      offerRoom(consumer);
      handOut();
      return true;
    } finally {
      unlock();
    }
  }

  void detach(MemoryConsumer consumer) {
    settled(
        dead -> {
          if (consumers.remove(consumer)) {
            ready.remove(consumer);
            consumer.releaseAll().forEach(message -> end(message, Outcome.RETURNED, dead));
          }
        });
  }

  void settle(MemoryConsumer consumer, Collection<Long> tags, Outcome outcome) {
    settled(
        dead -> {
          for (long tag : tags) {
            QueuedMessage message = consumer.release(tag);
            if (message != null) {
              end(message, outcome, dead);
            }
          }
          if (outcome == Outcome.RETURNED) {
            // The others come first: perhaps one of them can do it.
            ready.remove(consumer);
          }
          offerRoom(consumer);
        });
  }

  private void settled(Consumer<List<Publication>> change) {
    var dead = new ArrayList<Publication>();
    lock.lock();
    try {
      useClock();
      change.accept(dead);
      handOut();
    } finally {
      lock.unlock();
    }
    if (!dead.isEmpty()) {
      deadLetters.accept(dead);
    }
  }

  /** Ends one lease. */
  private void end(QueuedMessage message, Outcome outcome, List<Publication> dead) {
    pending--;
    switch (outcome) {
      case ACKNOWLEDGED -> metrics.acknowledged(1);
      case REJECTED -> bury(message, DeadLetters.Reason.REJECTED, dead);
      case RETURNED -> giveBack(message, dead);
    }
  }

  private void giveBack(QueuedMessage message, List<Publication> dead) {
    if (isOld(message)) {
      metrics.expired(1);
    } else if (message.deliveries() >= limits.maxDeliveries() && !DeadLetters.isFor(name)) {
      bury(message, DeadLetters.Reason.MAX_DELIVERIES, dead);
    } else {
      waiting.put(message.offset(), message);
    }
  }

  private void bury(QueuedMessage message, DeadLetters.Reason reason, List<Publication> dead) {
    if (DeadLetters.isFor(name)) {
      metrics.discarded(1);
    } else {
      metrics.deadLettered(1);
      dead.add(DeadLetters.publication(message.message(), message.deliveries(), reason));
    }
  }

  /** Takes dead letters, whatever the limits; false when this queue was dropped. */
  boolean bury(List<Publication> dead) {
    if (!lock()) {
      return false;
    }
    try {
      dead.forEach(this::append);
      while (waiting.size() + pending > limits.maxMessages() && !waiting.isEmpty()) {
        waiting.pollFirstEntry();
        metrics.discarded(1);
      }
      handOut();
      return true;
    } finally {
      unlock();
    }
  }

  QueueStatus status() {
    lock.lock();
    try {
      if (!waiting.isEmpty()) {
        useClock();
      }
      return new QueueStatus(name, waiting.size(), pending, consumers.size());
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is too old; true when nobody has used this for so long that it is now dropped. */
  boolean expire(Duration idle) {
    lock.lock();
    try {
      Instant used = now;
      boolean unused = waiting.isEmpty() && pending == 0 && consumers.isEmpty();
      if (unused && used.plus(idle).isBefore(clock.instant())) {
        dropped = true;
      } else if (!unused) {
        useClock();
      }
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** This queue's own time, which never goes back; forgets what has become too old by it. */
  private void useClock() {
    Instant given = clock.instant();
    now = given.isBefore(now) ? now : given;
    keys.forget(now);
    while (!waiting.isEmpty() && isOld(waiting.firstEntry().getValue())) {
      waiting.pollFirstEntry();
      metrics.expired(1);
    }
  }

  @Override
  public String toString() {
    return name.toString();
  }

  private boolean isOld(QueuedMessage message) {
    return message.message().timestamp().plus(limits.ttl()).isBefore(now);
  }
}
