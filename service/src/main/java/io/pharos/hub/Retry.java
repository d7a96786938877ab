package io.pharos.hub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** When a replay that found the broker away is tried again. */
@FunctionalInterface
interface Retry {
  /** From about an eighth of a second to about four, so that not all replays come at once. */
  Retry BACKING_OFF =
      (executor, task, attempt) -> {
        long step = 125L << Math.min(attempt, 5);
        long delay = step / 2 + ThreadLocalRandom.current().nextLong(step / 2);
        CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, executor).execute(task);
      };

  /**
   * Has the task run later. Never blocks.
   *
   * @param attempt how often it was tried before in vain, less one
   */
  void later(Executor executor, Runnable task, int attempt);
}
