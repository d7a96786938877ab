package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Delivery;
import io.pharos.session.Gap;
import io.pharos.session.Outgoing;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One destination's messages on their way to one subscription, in order, each once, without a hole
 * that is not announced. Live messages pass straight through; while the client is behind, the
 * messages come from history, as fast as the client reads, and live ones wait here in a small
 * buffer whose overflow costs no more than another read.
 */
final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  /** Messages read from history at once. */
  private static final int PAGE = 256;

  /** Live messages that wait while history is read. */
  private static final int MAX_HELD = 256;

  private final Subscription subscription;
  private final Destination destination;
  private final Broker broker;
  private final Executor executor;
  private final Metrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Message> held = new ArrayList<>(0);
  private boolean heldOverflowed;
  private boolean live;
  private @Nullable Position last;
  private @Nullable Position head;
  private @Nullable String missed;

  Lane(
      Subscription subscription,
      Destination destination,
      Broker broker,
      Executor executor,
      Metrics metrics) {
    this.subscription = subscription;
    this.destination = destination;
    this.broker = broker;
    this.executor = executor;
    this.metrics = metrics;
  }

  /** A client that was never here gets what comes after the newest message. */
  void resumeNow(History bounds) {
    lock.lock();
    try {
      last = bounds.top();
      advanceHead(bounds.top());
    } finally {
      lock.unlock();
    }
  }

  /** Goes on where the client left off, or notes that it cannot. */
  void resume(Resume.Place place, History bounds) {
    lock.lock();
    try {
      advanceHead(bounds.top());
      Position wanted = place.position();
      if (!place.known()) {
        last = bounds.start();
        missed = "the client's position is unknown here";
      } else if (wanted == null) {
        last = new Position(bounds.top().epoch(), 0);
      } else if (!wanted.epoch().equals(bounds.top().epoch())
          || wanted.offset() > bounds.top().offset()) {
        last = bounds.start();
        missed = "the history that the client's position belongs to was lost";
      } else {
        last = wanted;
      }
    } finally {
      lock.unlock();
    }
  }

  /** A destination that was not there when the subscription was prepared: all of it is new. */
  void resumeBeforeHeld() {
    lock.lock();
    try {
      if (last == null && !held.isEmpty()) {
        last = held.getFirst().position().previous();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A destination that appears after the subscription was prepared: all of it is new. */
  void openAt(Position position, boolean started) {
    lock.lock();
    try {
      last = position;
      head = position;
      live = started;
    } finally {
      lock.unlock();
    }
  }

  /** After which position the next message will come. */
  Position position() {
    lock.lock();
    try {
      if (last == null) {
        throw new IllegalStateException("no position for " + destination);
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  void start() {
    executor.execute(this::catchUp);
  }

  /** Takes live messages: passes them on, or keeps them while the client catches up. */
  void deliver(List<Message> batch) {
    lock.lock();
    try {
      Position newest = batch.getLast().position();
      if (head == null || !head.epoch().equals(newest.epoch()) || head.offset() < newest.offset()) {
        head = newest;
      }
      if (live && !pass(batch)) {
        // A hole within an epoch: what is missing is in the log.
        live = false;
        start();
      }
      if (!live) {
        hold(batch);
      }
    } finally {
      lock.unlock();
    }
  }

  private void advanceHead(Position top) {
    if (head == null || head.epoch().equals(top.epoch()) && head.offset() < top.offset()) {
      head = top;
    }
  }

  private void hold(List<Message> batch) {
    if (held.size() + batch.size() > MAX_HELD) {
      held.clear();
      heldOverflowed = true;
    } else {
      held.addAll(batch);
    }
  }

  /** Offers what follows the last message; false when there is a hole before it. */
  private boolean pass(List<Message> batch) {
    var fresh = new ArrayList<Outgoing>(batch.size());
    Position end = last;
    for (Message message : batch) {
      Position position = message.position();
      if (end == null || !end.epoch().equals(position.epoch())) {
        if (end != null) {
          fresh.add(gap(position.previous(), "the history of the destination was lost"));
        }
      } else if (position.offset() <= end.offset()) {
        continue;
      } else if (position.offset() != end.offset() + 1) {
        return false;
      }
      fresh.add(new Delivery(subscription, message));
      end = position;
    }
    last = end;
    if (!fresh.isEmpty()) {
      subscription.session().offerAll(fresh);
    }
    return true;
  }

  private void catchUp() {
    try {
      while (subscription.isOpen() && subscription.session().isOpen() && !goLive()) {
        readOn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PharosException e) {
      // The broker is away: nothing may be skipped, so the client has to come back with its
      // position.
      LOG.log(System.Logger.Level.WARNING, "No history for {0}: {1}", subscription, e.detail());
      subscription.session().close(CloseReason.UNAVAILABLE);
    }
  }

  /** Goes live when nothing is missing between the last message sent and the newest one. */
  private boolean goLive() {
    lock.lock();
    try {
      if (missed == null && !heldOverflowed && pass(held) && position().equals(head)) {
        live = true;
      }
      held.clear();
      heldOverflowed = false;
      return live;
    } finally {
      lock.unlock();
    }
  }

  /** Sends one page of history, as fast as the client reads. */
  private void readOn() throws InterruptedException {
    Position at = position();
    History history = broker.history(destination, at, PAGE);
    if (missed == null && !history.complete()) {
      missed = "messages are missing that are no longer retained";
    }
    if (missed != null) {
      at = history.complete() ? at : history.start();
      subscription.session().offerWhenRoom(gap(at, missed));
      missed = null;
    }
    for (Message message : history.messages()) {
      if (!subscription.isOpen()
          || !subscription.session().offerWhenRoom(new Delivery(subscription, message))) {
        return;
      }
      at = message.position();
    }
    lock.lock();
    try {
      last = at;
      advanceHead(history.top());
    } finally {
      lock.unlock();
    }
  }

  private Gap gap(Position position, String reason) {
    metrics.gap();
    return new Gap(subscription, destination, position, reason);
  }
}
