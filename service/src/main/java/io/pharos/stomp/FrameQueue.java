package io.pharos.stomp;

import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session's frames in order while one of them runs application code. A frame is worked on
 * by the thread that read it, at once, unless an earlier one is still at work on a thread of its
 * own: then it waits for its turn. When too much waits, so does the reader, and with it the client.
 */
final class FrameQueue {
  private record Waiting(Runnable work, long weight) {}

  private final Executor executor;
  private final FrameQueueLimits limits;
  private final BooleanSupplier open;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Queue<Waiting> waiting = new ArrayDeque<>(0);
  private long bytes;
  private boolean working;

  /**
   * @param executor runs application code: a virtual thread a task
   * @param open whether the session still is: nobody waits when it is not
   */
  FrameQueue(Executor executor, FrameQueueLimits limits, BooleanSupplier open) {
    this.executor = executor;
    this.limits = limits;
    this.open = open;
  }

  /**
   * Works now, or after what waits. Called by the thread that reads.
   *
   * @param weight what holds memory while it waits, in bytes
   */
  void run(long weight, Runnable work) {
    lock.lock();
    try {
      if (working) {
        add(weight, work);
        return;
      }
    } finally {
      lock.unlock();
    }
    work.run();
  }

  /**
   * Works on a thread of its own, after what waits. Called by the thread that reads.
   *
   * @param weight what holds memory while it waits, in bytes
   * @throws PharosException LIMIT_EXCEEDED when there was no room for too long
   */
  void runApart(long weight, Runnable work) {
    lock.lock();
    try {
      add(weight, work);
    } finally {
      lock.unlock();
    }
  }

  private void add(long weight, Runnable work) {
    long left = limits.patience().toNanos();
    while (working && isFull(weight) && open.getAsBoolean()) {
      if (left <= 0) {
        throw new PharosException(
            Code.LIMIT_EXCEEDED,
            "too much was sent ahead of the application: no more than "
                + limits.frames()
                + " frames of "
                + limits.bytes()
                + " bytes may wait for its message handlers");
      }
      try {
        left = room.awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        left = 0;
      }
    }
    waiting.add(new Waiting(work, weight));
    bytes += weight;
    if (!working) {
      working = true;
      executor.execute(this::work);
    }
  }

  private boolean isFull(long weight) {
    return waiting.size() >= limits.frames()
        || !waiting.isEmpty() && bytes + weight > limits.bytes();
  }

  private void work() {
    for (Waiting next = next(); next != null; next = next()) {
      next.work().run();
    }
  }

  private @Nullable Waiting next() {
    lock.lock();
    try {
      Waiting next = waiting.poll();
      if (next == null) {
        working = false;
      } else {
        bytes -= next.weight();
      }
      room.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }
}
