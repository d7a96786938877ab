package io.pharos.messaging.dispatch;

import io.pharos.messaging.SessionConnected;
import io.pharos.messaging.SessionDisconnected;
import io.pharos.messaging.SessionEvent;
import io.pharos.messaging.SessionSubscribed;
import io.pharos.messaging.SubscriptionGap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One session's events on their way to the observers: in order, one at a time, and never before it
 * has connected or after it has ended, whatever the threads do that report them.
 */
final class Mailbox {
  /** How many events may wait, besides those that come once. */
  static final int CAPACITY = 1000;

  private static final System.Logger LOG = System.getLogger(Mailbox.class.getName());

  private enum State {
    NEW,
    CONNECTED,
    ENDED
  }

  private final Executor executor;
  private final Observers observers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<SessionEvent> waiting = new ArrayDeque<>(2);
  private State state = State.NEW;
  private boolean working;
  private boolean overflown;

  /**
   * @param executor runs observers, which may block: a virtual thread a task
   */
  Mailbox(Executor executor, Observers observers) {
    this.executor = executor;
    this.observers = observers;
  }

  /** Takes an event to be told. Never blocks. */
  void post(SessionEvent event) {
    lock.lock();
    try {
      if (!accepts(event)) {
        return;
      }
      waiting.add(event);
      if (!working) {
        working = true;
        executor.execute(this::work);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean accepts(SessionEvent event) {
    State before = state;
    if (event instanceof SessionDisconnected) {
      state = State.ENDED;
    } else if (event instanceof SessionConnected) {
      state = before == State.NEW ? State.CONNECTED : before;
      return before == State.NEW;
    }
    return before == State.CONNECTED && hasRoomFor(event);
  }

  private boolean hasRoomFor(SessionEvent event) {
    boolean repeats = event instanceof SessionSubscribed || event instanceof SubscriptionGap;
    if (!repeats || waiting.size() < CAPACITY) {
      return true;
    }
    if (!overflown) {
      overflown = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "Observers are too slow: events of session {0} are left out",
          event.session().id());
    }
    return false;
  }

  private void work() {
    for (SessionEvent next = next(); next != null; next = next()) {
      try {
        observers.tell(next);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Telling the application of " + next + " failed", e);
      }
    }
  }

  private @Nullable SessionEvent next() {
    lock.lock();
    try {
      SessionEvent next = waiting.poll();
      working = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }
}
