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

  /** How often {@link #tick} is to be called. */
  public static final Duration STEP = Duration.ofMillis(250);

  private final ConcurrentMap<String, Session> open = new ConcurrentHashMap<>();
  private final Wheel wheel = new Wheel();
  private final Sounding sounding = new Sounding();
  private final Clock clock;
  private volatile Instant lastTick;

  public Sessions(Clock clock) {
    this.clock = clock;
    this.lastTick = clock.instant();
  }

  public void add(Session session) {
    open.put(session.id(), session);
    wheel.add(session, 1);
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

  /**
   * Lets sessions look at the clocks: each when the next of its times is over, and all of them once
   * in a turn of the wheel.
   */
  public void tick() {
    var now = clock.instant();
    lastTick = now;
    int part = sounding.next();
    if (part != Sounding.NOBODY) {
      open.values().stream()
          .filter(session -> Math.floorMod(session.id().hashCode(), Sounding.PARTS) == part)
          .forEach(session -> session.soundOut(STEP.toNanos()));
    }
    for (Session session : wheel.next()) {
      long calm = tick(session, now);
      if (!session.isFinished()) {
        wheel.add(session, calm / STEP.toNanos());
      }
    }
  }

  /**
   * Finds out soon whose client has gone without a word: whoever was refused a place may have one
   * then. Nothing tells a server that an event stream's client is gone but writing to it, and the
   * first write often succeeds; so each gets two heart-beats, a second apart. May be asked for
   * often: it is done once in ten seconds at the most.
   */
  public void soundOut() {
    sounding.ask();
  }

  /** One session's failure must not stop the clock of the others. */
  private static long tick(Session session, Instant now) {
    try {
      return session.tick(now);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The clock of session " + session + " failed", e);
      return 0;
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
