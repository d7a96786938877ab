package io.pharos.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The sessions of this node: one clock ticks for all of them, so that a session costs no timer. */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  private final ConcurrentMap<String, Session> open = new ConcurrentHashMap<>();
  private final Clock clock;
  private volatile Instant lastTick;

  public Sessions(Clock clock) {
    this.clock = clock;
    this.lastTick = clock.instant();
  }

  public void add(Session session) {
    open.put(session.id(), session);
  }

  public void remove(Session session) {
    open.remove(session.id(), session);
  }

  public @Nullable Session get(String id) {
    return open.get(id);
  }

  public Collection<Session> all() {
    return open.values();
  }

  public int count() {
    return open.size();
  }

  /** Lets every session look at the clocks. To be called some times a second. */
  public void tick() {
    var now = clock.instant();
    lastTick = now;
    open.values().forEach(session -> tick(session, now));
  }

  /** One session's failure must not stop the clock of the others. */
  private static void tick(Session session, Instant now) {
    try {
      session.tick(now);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The clock of session " + session + " failed", e);
    }
  }

  /** Whether {@link #tick} was called within the last half minute. */
  public boolean isTicking() {
    return clock.instant().isBefore(lastTick.plusSeconds(30));
  }

  /**
   * Ends every session, and waits until each has been told and its connection is closing, for so
   * long at the most.
   */
  public void closeAll(CloseReason reason, Duration patience) {
    var all = List.copyOf(open.values());
    all.forEach(session -> session.close(reason));
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!all.stream().allMatch(Session::isFinished) && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
