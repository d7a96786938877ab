package io.pharos.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a writer waits inside the container while its client does not read, and the way to get it
 * out of there.
 *
 * <p>Where the container gives up a write by itself, {@link #awaitEnd} comes before the connection
 * is closed. Elsewhere it is closed first, since an interrupt only makes Open Liberty try the write
 * once more, and {@link #abort} then makes the writer find out.
 */
final class BlockingWrite {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int STEPS = 100;

  private @Nullable Thread writer;
  private boolean awaited;

  /** This thread is about to write. */
  synchronized void begin() {
    writer = Thread.currentThread();
  }

  /** This thread has written, or failed to. */
  synchronized void end() {
    writer = null;
    if (awaited) {
      notifyAll();
    }
  }

  /**
   * Waits until no other thread is in a write, so that the connection can be closed without taking
   * it away from under one: Open Liberty leaves a thread waiting for ever whose connection it has
   * closed meanwhile, and an interrupt helps only in the moment in between.
   */
  synchronized void awaitEnd(Duration patience) {
    awaited = true;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (writer != null && writer != Thread.currentThread()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Gets the writer out, if there is one, of a connection that is closed by now. Blocks until it is
   * out, for some seconds at the most.
   */
  synchronized void abort() {
    awaited = true;
    try {
      for (int i = 0; i < STEPS && writer != null && writer != Thread.currentThread(); i++) {
        writer.interrupt();
        wait(STEP.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
