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
  private @Nullable Thread closer;
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

  /** The write has failed, before {@link #end}. */
  synchronized void failed() {
    if (closer != null && closer != Thread.currentThread()) {
      closer.interrupt();
    }
  }

  /**
   * Closes the connection by an action that writes as well, also under another thread's write. Open
   * Liberty has one error and one signal for both: when the action's write has had its time, the
   * other thread finds that out, and this one would wait for ever for a client that does not read.
   */
  void close(Runnable action) {
    synchronized (this) {
      closer = Thread.currentThread();
    }
    try {
      action.run();
    } finally {
      synchronized (this) {
        closer = null;
      }
      // It may have come too late, and is not meant for what follows.
      boolean unused = Thread.interrupted();
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
