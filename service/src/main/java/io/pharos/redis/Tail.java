package io.pharos.redis;

import io.pharos.broker.BrokerListener;
import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of one destination's log as this node knows it: hands out what follows the last message,
 * and nothing else. Where something does not follow, the log is to be read; what comes live
 * meanwhile waits in a small buffer, whose overflow costs no more than another read.
 */
final class Tail {
  private static final Logger LOG = System.getLogger(Tail.class.getName());
  private static final int MAX_HELD = 256;

  /** What to do next. */
  enum Next {
    /** Nothing: all that is known was handed out. */
    WAIT,
    /** Read the log after {@link #place()}, and hand that to {@link #read}. */
    READ
  }

  private final Destination destination;
  private final BrokerListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Message> held = new ArrayList<>(0);
  private boolean reading;
  private boolean overflowed;

  /** When it was first seen that nobody wants this; 0 while somebody does. */
  private long unwantedSince;

  private volatile @Nullable Place last;
  private volatile long active = System.nanoTime();
  private volatile long touched = System.nanoTime();

  Tail(Destination destination, BrokerListener listener) {
    this.destination = destination;
    this.listener = listener;
  }

  Destination destination() {
    return destination;
  }

  /** After which message the next one comes; null until that was found out. */
  @Nullable Place place() {
    return last;
  }

  /** When something last came, as {@link System#nanoTime} has it. */
  long active() {
    return active;
  }

  /** When the log's life in Redis was last prolonged because of this. */
  long touched() {
    return touched;
  }

  void touch() {
    touched = System.nanoTime();
  }

  /** Whether this message was passed already, so that nothing needs to be done about it. */
  boolean has(Place place) {
    Place known = last;
    return known != null && has(known, place.position()) && !contradicts(known, place.millis());
  }

  private static boolean has(Place known, Position position) {
    return known.position().epoch().equals(position.epoch())
        && known.position().offset() >= position.offset();
  }

  /**
   * Whether a message of an offset that was passed is a new one. Times do not decrease within a
   * log, so it has been set back.
   */
  private static boolean contradicts(Place known, long millis) {
    return known.millis() != 0 && millis > known.millis();
  }

  /** Says after which message to begin, unless something was handed out already. */
  void begin(Place place) {
    lock.lock();
    try {
      if (last == null) {
        last = place;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes live messages, which follow each other. */
  Next live(List<Message> messages) {
    lock.lock();
    try {
      active = System.nanoTime();
      if (!reading && pass(messages)) {
        return Next.WAIT;
      }
      hold(messages);
      return startReading();
    } finally {
      lock.unlock();
    }
  }

  /** Takes notice of where the newest message is; null when there is no log. */
  Next compare(@Nullable Place top) {
    lock.lock();
    try {
      boolean known = last == null || top != null && last.isSame(top);
      return known ? Next.WAIT : startReading();
    } finally {
      lock.unlock();
    }
  }

  private Next startReading() {
    Next next = reading ? Next.WAIT : Next.READ;
    reading = true;
    return next;
  }

  /** Takes what was read after {@link #place()}. */
  Next read(History history) {
    lock.lock();
    try {
      active = System.nanoTime();
      if (!history.complete()) {
        guarded(() -> listener.lost(destination, history));
        last = new Place(history.start(), 0);
      } else if (last != null) {
        // A log that was set back goes on from what is the same in its new epoch.
        var same = new Position(history.top().epoch(), last.position().offset());
        last = new Place(same, last.millis());
      }
      pass(history.messages());
      boolean all = last != null && has(last, history.top());
      if (!all && !history.messages().isEmpty()) {
        return Next.READ;
      }
      boolean whole = !overflowed && pass(held);
      held.clear();
      overflowed = false;
      if (all && !whole) {
        // Live messages went further than what was read.
        return Next.READ;
      }
      reading = false;
      return Next.WAIT;
    } finally {
      lock.unlock();
    }
  }

  /**
   * For how long nobody has wanted this, in ns; 0 while somebody does, or while the log is read.
   *
   * @param now as {@link System#nanoTime} has it
   */
  long unwantedFor(boolean wanted, long now) {
    lock.lock();
    try {
      if (wanted) {
        unwantedSince = 0;
      } else if (unwantedSince == 0) {
        unwantedSince = now | 1;
      }
      return wanted || reading ? 0 : Math.max(0, now - unwantedSince);
    } finally {
      lock.unlock();
    }
  }

  /** Gives up for now: the next comparison begins anew. */
  void abandon() {
    lock.lock();
    try {
      held.clear();
      overflowed = false;
      reading = false;
    } finally {
      lock.unlock();
    }
  }

  private void hold(List<Message> messages) {
    if (held.size() + messages.size() > MAX_HELD) {
      held.clear();
      overflowed = true;
    } else {
      held.addAll(messages);
    }
  }

  /** Hands out what follows; false, and nothing is handed out, when there is a hole before it. */
  private boolean pass(List<Message> messages) {
    var fresh = new ArrayList<Message>(messages.size());
    Place end = last;
    for (Message message : messages) {
      var place = new Place(message.position(), message.timestamp().toEpochMilli());
      if (end == null || end.position().next().equals(place.position())) {
        fresh.add(message);
        end = place;
      } else if (!has(end, place.position()) || contradicts(end, place.millis())) {
        return false;
      }
    }
    last = end;
    if (!fresh.isEmpty()) {
      guarded(() -> listener.messages(destination, fresh));
    }
    return true;
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      // It is the listener's loss; what comes next must still come.
      LOG.log(Level.ERROR, "The listener failed for " + destination, e);
    }
  }
}
