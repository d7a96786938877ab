package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Gap;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One destination's messages on their way to one subscription, in order, each once, without a hole
 * that is not announced. Live messages pass straight through. A message that does not follow the
 * last one, be it by a hole or by another epoch, puts the client behind: then messages come from
 * history, as fast as the client reads, and live ones wait here in a small buffer whose overflow
 * costs no more than another read. Only history can say that something is lost, so that every gap
 * is announced in one place.
 */
final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  private final Subscription subscription;
  private final Outlet outlet;
  private final Destination destination;
  private final Broker broker;
  private final Executor executor;
  private final Metrics metrics;
  private final ReplayLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Message> held = new ArrayList<>(0);
  private Position last;
  private boolean live;

  /** History has to be read before anything that is held may pass. */
  private boolean behind;

  /** Why messages are missing before the next one; of the thread that prepares or catches up. */
  private @Nullable String missed;

  /** How often the broker was away in a row; of the thread that catches up. */
  private int failures;

  /**
   * Begins where all of the destination is new to the client.
   *
   * @param outlet takes the messages; shared with the subscription's other lanes
   * @param epoch the destination's
   */
  Lane(
      Subscription subscription,
      Outlet outlet,
      Destination destination,
      String epoch,
      Broker broker,
      Executor executor,
      Metrics metrics,
      ReplayLimits limits) {
    this.subscription = subscription;
    this.outlet = outlet;
    this.destination = destination;
    this.last = new Position(epoch, 0);
    this.broker = broker;
    this.executor = executor;
    this.metrics = metrics;
    this.limits = limits;
  }

  /** A client that was never here gets what comes after the newest message. */
  void resumeNow(History bounds) {
    moveTo(bounds.top(), false);
  }

  /** All that is retained is new to the client, and nothing before it is missed. */
  void resumeEarliest(History bounds) {
    moveTo(bounds.start(), !bounds.start().equals(bounds.top()));
  }

  /** Goes on where the client left off, or notes that it cannot. */
  void resume(Resume.Place place, History bounds) {
    Position top = bounds.top();
    Position wanted = place.position();
    if (!place.known()) {
      missed = "the client's position is unknown here";
      moveTo(bounds.start(), true);
    } else if (wanted == null) {
      moveTo(new Position(top.epoch(), 0), top.offset() > 0);
    } else if (!wanted.epoch().equals(top.epoch()) || wanted.offset() > top.offset()) {
      missed = "the history that the client's position belongs to was lost";
      moveTo(bounds.start(), true);
    } else {
      moveTo(wanted, !wanted.equals(top));
    }
  }

  private void moveTo(Position position, boolean nowBehind) {
    lock.lock();
    try {
      last = position;
      behind |= nowBehind;
    } finally {
      lock.unlock();
    }
  }

  /** After which position the next message will come. */
  Position position() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  void start() {
    executor.execute(this::catchUp);
  }

  /** Lets messages pass at once: there is nothing to catch up with. */
  void startLive() {
    lock.lock();
    try {
      live = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes live messages: passes them on, or keeps them while the client catches up. */
  void deliver(List<Message> batch) {
    lock.lock();
    try {
      List<Message> next = live ? following(batch) : null;
      if (next != null && pass(next)) {
        return;
      }
      hold(batch);
      if (live) {
        live = false;
        behind |= next == null;
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes notice that what comes next may be lost: history says, and the client is told. */
  void lost() {
    lock.lock();
    try {
      behind = true;
      if (live) {
        live = false;
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Passes messages on if there is room for all of them. */
  private boolean pass(List<Message> next) {
    if (next.isEmpty()) {
      return true;
    }
    int taken = outlet.take(next.size());
    if (taken < next.size()) {
      outlet.giveBack(taken);
      return false;
    }
    last = next.getLast().position();
    subscription.session().offerAll(next.stream().map(outlet::deliver).toList());
    return true;
  }

  private void hold(List<Message> batch) {
    if (held.size() + batch.size() > limits.held()) {
      held.clear();
      behind = true;
    } else {
      held.addAll(batch);
    }
  }

  /**
   * What of these messages the client has not got; null when they do not follow what it has got.
   */
  private @Nullable List<Message> following(List<Message> batch) {
    var fresh = new ArrayList<Message>(batch.size());
    long end = last.offset();
    for (Message message : batch) {
      Position position = message.position();
      if (!position.epoch().equals(last.epoch()) || position.offset() > end + 1) {
        return null;
      }
      if (position.offset() == end + 1) {
        fresh.add(message);
        end++;
      }
    }
    return fresh;
  }

  private void catchUp() {
    try {
      while (subscription.isOpen() && subscription.session().isOpen()) {
        int room = outlet.take(limits.page());
        if (room == 0) {
          outlet.whenOpen(this::start);
          return;
        }
        int used = 0;
        try {
          List<Message> next = takeHeld(room);
          if (next != null && next.isEmpty()) {
            return;
          }
          used = next == null ? readOn(room) : replay(next);
        } finally {
          outlet.giveBack(room - used);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      subscription.session().close(CloseReason.SERVER_STOPPING);
    } catch (PharosException e) {
      tryAgain(e);
    } catch (RuntimeException e) {
      // A client that is sent nothing more must not believe that there is nothing.
      LOG.log(System.Logger.Level.ERROR, "The replay for " + subscription + " failed", e);
      subscription.session().close(CloseReason.SERVER_ERROR);
    }
  }

  /** The broker is away: nothing may be skipped, and the client can stay. */
  private void tryAgain(PharosException e) {
    if (e.code() != PharosException.Code.UNAVAILABLE) {
      throw e;
    }
    LOG.log(System.Logger.Level.DEBUG, "No history yet for {0}: {1}", subscription, e.detail());
    moveTo(position(), true);
    limits.retry().later(executor, this::catchUp, failures++);
  }

  /**
   * Takes what was held and follows, to be sent as fast as the client reads; goes live when there
   * is nothing. Null when history has to be read first.
   */
  private @Nullable List<Message> takeHeld(int most) {
    lock.lock();
    try {
      if (behind) {
        return null;
      }
      List<Message> next = following(held);
      int end = next == null ? 0 : Math.min(most, next.size());
      held = next == null ? new ArrayList<>(0) : new ArrayList<>(next.subList(end, next.size()));
      behind = next == null;
      live = next != null && next.isEmpty();
      return next == null ? null : next.subList(0, end);
    } finally {
      lock.unlock();
    }
  }

  /** Sends one page of history, after the gap that may be before it; tells how many messages. */
  private int readOn(int most) throws InterruptedException {
    Position at = beginReading();
    History history = broker.history(destination, at, most);
    failures = 0;
    if (missed == null && !history.complete()) {
      missed = "messages are missing that are no longer retained";
    }
    if (missed != null) {
      at = history.complete() ? at : history.start();
      metrics.gap();
      if (!subscription.session().offerWhenRoom(new Gap(subscription, destination, at, missed))) {
        return 0;
      }
      missed = null;
      moveTo(at, false);
    }
    int sent = replay(history.messages());
    moveTo(position(), !position().equals(history.top()));
    return sent;
  }

  private Position beginReading() {
    lock.lock();
    try {
      // Set again by whatever is dropped from now on.
      behind = false;
      return last;
    } finally {
      lock.unlock();
    }
  }

  private int replay(List<Message> messages) throws InterruptedException {
    int sent = 0;
    Position at = position();
    for (Message message : messages) {
      boolean taken =
          subscription.isOpen() && subscription.session().offerWhenRoom(outlet.deliver(message));
      if (!taken) {
        return sent;
      }
      at = message.position();
      sent++;
    }
    moveTo(at, false);
    return sent;
  }
}
