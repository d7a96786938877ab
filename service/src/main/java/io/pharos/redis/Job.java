package io.pharos.redis;

import io.pharos.message.PharosException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A task that waits to be begun, and somebody who waits for its end. */
final class Job<T> {
  private final T task;
  private final Runnable overdue;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

  /**
   * @param overdue what one does who has waited for it in vain
   */
  Job(T task, Runnable overdue) {
    this.task = task;
    this.overdue = overdue;
  }

  T task() {
    return task;
  }

  /** False when nobody waits any more: then it must not be done. */
  boolean begin() {
    return !taken.getAndSet(true);
  }

  void done() {
    end.complete(null);
  }

  void fail(PharosException why) {
    end.completeExceptionally(why);
  }

  /** Returns when it is done. */
  void await(Duration patience) {
    try {
      end.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      overdue.run();
      // Whoever takes it first decides: begun, or never to be begun.
      throw begin() ? RedisUnavailable.busy(e) : RedisUnavailable.unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw begin() ? RedisUnavailable.busy(e) : RedisUnavailable.unanswered(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PharosException why) {
        throw why;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
