package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares the tails with Redis: all of them when the listener has come back, the quiet ones now
 * and then, because what does not come cannot show that it is missing. Lets go of what nobody
 * wants.
 */
final class Watch implements AutoCloseable {
  private static final long TOUCH = Duration.ofHours(1).toNanos();
  private static final int CHUNK = 512;

  private final Tails tails;
  private final Interests interests;
  private final LogReader reader;
  private final Index index;
  private final RedisTimings timings;
  private final Semaphore all = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().name("pharos-redis-watch").daemon().unstarted(this::run);
  private volatile boolean closed;
  private long noted;

  Watch(Tails tails, Interests interests, LogReader reader, Index index, RedisTimings timings) {
    this.tails = tails;
    this.interests = interests;
    this.reader = reader;
    this.index = index;
    this.timings = timings;
  }

  void start() {
    thread.start();
  }

  /** Has all tails compared soon. Never blocks. */
  void compareAll() {
    all.release();
  }

  private void run() {
    boolean every = true;
    while (!closed) {
      try {
        every |= all.tryAcquire(timings.check().toNanos(), TimeUnit.NANOSECONDS);
        all.drainPermits();
        tails.letGo(timings.linger().toNanos());
        every = !look(every ? Long.MAX_VALUE : timings.check().toNanos());
      } catch (InterruptedException e) {
        // Only closing interrupts, and has said so.
      } catch (RuntimeException e) {
        System.getLogger(Watch.class.getName()).log(Level.ERROR, "Comparing with Redis failed", e);
        every = true;
      }
    }
  }

  /** Does one round; false when a server is away: then the next one looks at all again. */
  private boolean look(long quiet) {
    boolean whole = tried(index::settle);
    whole &= tried(this::discover);
    long now = System.nanoTime();
    var due = new ArrayList<Tail>();
    for (Tail tail : tails.all()) {
      if (tail.place() != null && (quiet == Long.MAX_VALUE || now - tail.active() > quiet)) {
        due.add(tail);
      }
    }
    for (List<Tail> group : reader.grouped(due, Tail::destination)) {
      whole &= tried(() -> compareInChunks(group, now));
    }
    return whole;
  }

  /** One server's absence is no reason not to ask the others. */
  private static boolean tried(Runnable step) {
    try {
      step.run();
      return true;
    } catch (PharosException e) {
      return false;
    }
  }

  private void compareInChunks(List<Tail> due, long now) {
    for (int from = 0; from < due.size(); from += CHUNK) {
      compare(due.subList(from, Math.min(due.size(), from + CHUNK)), now);
    }
  }

  private void compare(List<Tail> some, long now) {
    List<@Nullable Place> tops = reader.tops(some.stream().map(Tail::destination).toList());
    var touched = new ArrayList<Destination>();
    for (int i = 0; i < some.size(); i++) {
      Tail tail = some.get(i);
      Place top = tops.get(i);
      boolean literally = interests.wantsLiterally(tail.destination());
      if (top == null && !literally && now - tail.active() > LogSettings.IDLE.toNanos()) {
        // Its time was over: nothing is lost.
        tails.remove(tail);
      } else {
        tails.compare(tail, top);
      }
      if (literally && now - tail.touched() > TOUCH) {
        tail.touch();
        touched.add(tail.destination());
      }
    }
    reader.touch(touched);
  }

  private void discover() {
    if (interests.hasWildcards()) {
      long now = index.time();
      // What is noted a moment after its log was made must not slip through.
      tails.discovered(index.notedSince(noted - 10_000));
      noted = now;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
