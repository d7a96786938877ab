package io.pharos.presence;

import io.pharos.message.PharosException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings what changed about this node's seats to the roster: one thread, so that no client ever
 * waits for it. While the roster is away changes gather, one for each seat at the most.
 */
public final class Announcer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Announcer.class.getName());

  private static final int MOST = 256;
  private static final long TICK = 250;

  private final Attendance attendance;
  private final Roster roster;
  private final Thread thread =
      Thread.ofPlatform().name("pharos-presence").daemon().unstarted(this::run);
  private volatile boolean closed;
  private boolean failing;

  public Announcer(Attendance attendance, Roster roster) {
    this.attendance = attendance;
    this.roster = roster;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        var unused = step(attendance.take(MOST, TICK));
      }
      while (step(attendance.take(MOST, 0))) {
        // What is left is told before the end.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells one update; false when there is nothing more to do for now. */
  private boolean step(Roster.Update update) {
    try {
      if (roster.update(update) == Roster.Outcome.FORGOTTEN) {
        attendance.repeatAll();
        return true;
      }
      failing = false;
      return !update.changes().isEmpty();
    } catch (PharosException e) {
      if (!failing) {
        LOG.log(Level.WARNING, "Who joins and leaves is announced later: {0}", e.detail());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Announcing who joins and leaves failed", e);
    }
    failing = true;
    attendance.putBack(update.changes());
    if (!closed) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK));
    }
    return false;
  }

  /** Ends the thread after it has told what it still can, for a bounded time. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
