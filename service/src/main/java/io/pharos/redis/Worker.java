package io.pharos.redis;

import io.pharos.message.PharosException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread that does what waits for it, all at once: while one round trip is under way the next
 * one's work gathers. What waited too long by then is not begun.
 */
final class Worker<T> implements AutoCloseable {
  private static final int MOST = 512;

  private final BlockingQueue<Job<T>> waiting = new LinkedBlockingQueue<>();
  private final Consumer<List<Job<T>>> work;
  private final Duration patience;
  private final Runnable overdue;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param work completes each job it is given
   * @param patience how long a caller waits
   * @param overdue what one does who has waited for so long in vain
   */
  Worker(String name, Duration patience, Consumer<List<Job<T>>> work, Runnable overdue) {
    this.work = work;
    this.patience = patience;
    this.overdue = overdue;
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Has it done, and waits for that.
   *
   * @throws PharosException what went wrong, or UNAVAILABLE when it takes too long
   */
  void call(T task) {
    submit(task).await(patience);
  }

  /** Has it done soon. */
  Job<T> submit(T task) {
    var job = new Job<>(task, overdue);
    waiting.add(job);
    if (closed) {
      failAll();
    }
    return job;
  }

  private void run() {
    var batch = new ArrayList<Job<T>>();
    while (!closed) {
      try {
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST - 1);
        batch.removeIf(job -> !job.begin());
        if (!batch.isEmpty()) {
          work.accept(batch);
        }
      } catch (InterruptedException e) {
        // Only closing interrupts, and has said so.
      } catch (PharosException e) {
        batch.forEach(job -> job.fail(e));
      } catch (Throwable e) {
        System.getLogger(Worker.class.getName()).log(Level.ERROR, "A call to Redis failed", e);
        batch.forEach(job -> job.fail(RedisUnavailable.unanswered(e)));
      }
      batch.clear();
    }
    failAll();
  }

  private void failAll() {
    Job<T> job = waiting.poll();
    while (job != null) {
      job.fail(RedisUnavailable.unreachable(new IllegalStateException("the broker is closed")));
      job = waiting.poll();
    }
  }

  /** Ends the thread; what waits fails, and what is under way has a moment to finish. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
