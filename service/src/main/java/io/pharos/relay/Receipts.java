package io.pharos.relay;

import io.pharos.message.PharosException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The receipts that one connection waits for on its own account. Safe for use by many threads. */
final class Receipts {
  /** No client guesses what our receipts are called. */
  private final String prefix = "pharos-" + UUID.randomUUID() + "-";

  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();
  private volatile boolean lost;

  /** Receipts that are awaited together; closing it forgets those that have not come. */
  final class Batch implements AutoCloseable {
    private final List<String> ids = new ArrayList<>(2);
    private final List<CompletableFuture<Boolean>> futures = new ArrayList<>(2);

    private Batch() {}

    /** The value of one more header {@code receipt}. */
    String next() {
      String id = prefix + numbers.incrementAndGet();
      var future = new CompletableFuture<Boolean>();
      ids.add(id);
      futures.add(future);
      awaited.put(id, future);
      if (lost) {
        future.complete(false);
      }
      return id;
    }

    /**
     * Waits for all of them.
     *
     * @throws PharosException UNAVAILABLE when one does not come: whether the broker has done what
     *     it was told is not known then
     */
    void await(Duration patience) {
      long deadline = System.nanoTime() + patience.toNanos();
      for (var future : futures) {
        if (!arrives(future, deadline - System.nanoTime())) {
          throw Away.of("the broker did not confirm: it may or may not have done it");
        }
      }
    }

    private static boolean arrives(CompletableFuture<Boolean> future, long nanos) {
      try {
        return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (ExecutionException | TimeoutException e) {
        return false;
      }
    }

    @Override
    public void close() {
      ids.forEach(awaited::remove);
    }
  }

  Batch expect() {
    return new Batch();
  }

  /** Takes a receipt; false when it is nothing of ours. */
  boolean arrived(String id) {
    CompletableFuture<Boolean> future = awaited.remove(id);
    if (future != null) {
      future.complete(true);
    }
    return future != null || id.startsWith(prefix);
  }

  /** None will come any more. */
  void lost() {
    lost = true;
    awaited.values().forEach(future -> future.complete(false));
  }
}
