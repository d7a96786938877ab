package io.pharos.cli.lines;

import io.pharos.cli.failure.CliException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way from the input to the server. While a batch is on its way the next one gathers
 * here: that makes batches large when there is much to send, and lets a single line go at once. Who
 * reads the input waits while it is full.
 */
public final class LineQueue {
  /** The most lines of a batch. */
  static final int MAX_BATCH = 500;

  /** The most bytes of a batch, but for a single line that is longer. */
  static final int MAX_BATCH_BYTES = 256 << 10;

  private static final int MAX_WAITING = 4 * MAX_BATCH;
  private static final int MAX_WAITING_BYTES = 4 * MAX_BATCH_BYTES;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Line> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean ended;
  private @Nullable CliException failure;

  /** Adds a line; waits for room. After the end, lines are dropped. */
  public void put(Line line) throws InterruptedException {
    lock.lock();
    try {
      while (!ended && (waiting.size() >= MAX_WAITING || bytes >= MAX_WAITING_BYTES)) {
        changed.await();
      }
      if (!ended) {
        waiting.add(line);
        bytes += line.body().length();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** There will be no more lines. */
  public void end() {
    end(null);
  }

  /** There will be no more lines, for a reason that the reader learns after the last one. */
  public void end(@Nullable CliException reason) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = reason;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What has gathered, as far as it fits into a batch; waits for at least one line. Empty at the
   * end.
   *
   * @throws CliException in place of the end, when there was a reason for it
   */
  public List<Line> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !ended) {
        changed.await();
      }
      if (waiting.isEmpty() && failure != null) {
        throw failure;
      }
      List<Line> batch = batch();
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private List<Line> batch() {
    var batch = new ArrayList<Line>(Math.min(MAX_BATCH, waiting.size()));
    int size = 0;
    for (Line next = waiting.peek(); next != null; next = waiting.peek()) {
      int length = next.body().length();
      if (batch.size() == MAX_BATCH || !batch.isEmpty() && size + length > MAX_BATCH_BYTES) {
        break;
      }
      batch.add(waiting.remove());
      size += length;
    }
    bytes -= size;
    return batch;
  }
}
