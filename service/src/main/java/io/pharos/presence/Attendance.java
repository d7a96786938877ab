package io.pharos.presence;

import io.pharos.message.Destination;
import io.pharos.security.Identity;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which seats are taken on this node, and for which of them that has changed since it was last
 * asked. It keeps states, not events: who comes and goes while nobody asks costs nothing, and
 * telling a change again is harmless.
 */
public final class Attendance {
  private final Predicate<Destination> announced;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somethingChanged = lock.newCondition();
  private final Map<Seat, Set<Subscription>> taken = new HashMap<>();
  private final Set<Seat> changed = new LinkedHashSet<>();

  /**
   * @param announced the destinations that want to know who joins and leaves
   */
  public Attendance(Predicate<Destination> announced) {
    this.announced = announced;
  }

  /**
   * A subscription was opened. One by pattern takes no seat: there is no end of the destinations
   * that it might join.
   */
  public void opened(Subscription subscription) {
    Seat seat = seatOf(subscription);
    if (seat == null) {
      return;
    }
    lock.lock();
    try {
      Set<Subscription> all = taken.get(seat);
      if (all == null) {
        all = Collections.newSetFromMap(new IdentityHashMap<>(2));
        taken.put(seat, all);
        changed(seat);
      }
      all.add(subscription);
    } finally {
      lock.unlock();
    }
    if (!subscription.isOpen()) {
      // It was closed meanwhile, perhaps before it was here to be found.
      closed(subscription);
    }
  }

  /** A subscription was closed. Idempotent. */
  public void closed(Subscription subscription) {
    Seat seat = seatOf(subscription);
    if (seat == null) {
      return;
    }
    lock.lock();
    try {
      Set<Subscription> all = taken.get(seat);
      if (all != null && all.remove(subscription) && all.isEmpty()) {
        taken.remove(seat);
        changed(seat);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes what has changed, waiting for so long until something has. */
  Roster.Update take(int most, long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (changed.isEmpty() && left > 0) {
        left = somethingChanged.awaitNanos(left);
      }
      var changes = new ArrayList<SeatChange>(Math.min(most, changed.size()));
      Iterator<Seat> next = changed.iterator();
      while (next.hasNext() && changes.size() < most) {
        Seat seat = next.next();
        changes.add(new SeatChange(seat, taken.containsKey(seat)));
        next.remove();
      }
      return new Roster.Update(changes, changed.isEmpty() ? taken.size() : -1);
    } finally {
      lock.unlock();
    }
  }

  /** These changes are still to be told. */
  void putBack(List<SeatChange> changes) {
    lock.lock();
    try {
      changes.forEach(change -> changed(change.seat()));
    } finally {
      lock.unlock();
    }
  }

  /** Everything is to be told again. */
  void repeatAll() {
    lock.lock();
    try {
      taken.keySet().forEach(this::changed);
    } finally {
      lock.unlock();
    }
  }

  private void changed(Seat seat) {
    changed.add(seat);
    somethingChanged.signalAll();
  }

  private @Nullable Seat seatOf(Subscription subscription) {
    Identity identity = subscription.session().identityOrNull();
    if (identity == null || !subscription.pattern().isLiteral()) {
      return null;
    }
    Destination destination = Destination.of(subscription.pattern().value());
    return announced.test(destination)
        ? new Seat(destination, identity.user().value(), subscription.session().id())
        : null;
  }
}
