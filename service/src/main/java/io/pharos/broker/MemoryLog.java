package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One destination's log: its epoch, its offsets, its retained tail and the idempotency keys it
 * remembers. Appending and handing out happen under one lock, which makes the log's order
 * everybody's order.
 */
final class MemoryLog {
  private static final System.Logger LOG = System.getLogger(MemoryLog.class.getName());

  private final Destination destination;
  private final String epoch;
  private final HistoryLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final RetainedMessages retained = new RetainedMessages();
  private final RecentKeys keys = new RecentKeys();
  private long top;
  private Instant used;
  private boolean dropped;

  MemoryLog(Destination destination, String epoch, HistoryLimits limits, Instant now) {
    this.destination = destination;
    this.epoch = epoch;
    this.limits = limits;
    this.used = now;
  }

  /** Appends and hands out; false when this log was dropped and another one must be used. */
  boolean append(
      List<Publication> publications,
      Instant given,
      BrokerListener listener,
      List<Published> answers) {
    lock.lock();
    try {
      if (dropped) {
        return false;
      }
      Instant now = use(given);
      var batch = new ArrayList<Message>(publications.size());
      keys.forget(now);
      for (Publication publication : publications) {
        answers.add(append(publication, now, batch));
      }
      retained.trim(limits, now);
      if (!batch.isEmpty()) {
        handOut(listener, batch);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Published append(Publication publication, Instant now, List<Message> batch) {
    String key = publication.idempotencyKey();
    if (key != null) {
      Position known = keys.get(key);
      if (known != null) {
        return new Published(destination, known, true);
      }
    }
    var position = new Position(epoch, ++top);
    var message = new Message(position, now, publication);
    batch.add(message);
    if (limits.size() > 0) {
      retained.add(message);
    }
    if (key != null) {
      keys.put(key, position, now);
    }
    return new Published(destination, position, false);
  }

  private void handOut(BrokerListener listener, List<Message> batch) {
    try {
      listener.messages(destination, batch);
    } catch (RuntimeException e) {
      // The messages are stored: the publisher must not be told otherwise.
      LOG.log(System.Logger.Level.ERROR, "The listener failed for " + destination, e);
    }
  }

  @Nullable History read(@Nullable Position after, int limit, Instant given) {
    lock.lock();
    try {
      if (dropped) {
        return null;
      }
      retained.trim(limits, use(given));
      long start = top - retained.size();
      boolean complete =
          after == null
              || after.epoch().equals(epoch) && after.offset() >= start && after.offset() <= top;
      long from = after == null || !complete ? start : after.offset();
      return new History(
          new Position(epoch, start),
          new Position(epoch, top),
          complete,
          retained.slice(Math.toIntExact(from - start), limit));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is too old; true when the log itself was idle for too long and is now dropped. */
  boolean expire(Instant now, Duration idle, BooleanSupplier unwanted) {
    lock.lock();
    try {
      retained.trim(limits, now);
      keys.forget(now);
      dropped |= used.plus(idle).isBefore(now) && unwanted.getAsBoolean();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * This log's own time, which never goes back: clocks do, and callers ask theirs before they have
   * the lock.
   */
  private Instant use(Instant given) {
    used = given.isBefore(used) ? used : given;
    return used;
  }
}
