package io.pharos.cli.stream;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from the transport's thread to the command's. Bounded: while the output does
 * not keep up, the transport's thread waits here, and with it, at last, the server.
 */
final class Inbox {
  private static final int MAX_BYTES = 1 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private int bytes;
  private @Nullable IOException ending;
  private boolean closed;

  /** Adds bytes, not to be changed any more; waits for room. Dropped once nobody reads. */
  void put(byte[] chunk) {
    lock.lock();
    try {
      while (bytes >= MAX_BYTES && !closed) {
        changed.awaitUninterruptibly();
      }
      if (!closed) {
        chunks.add(chunk);
        bytes += chunk.length;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** There is no more, for this reason. The first reason stays. */
  void end(IOException reason) {
    lock.lock();
    try {
      if (ending == null) {
        ending = reason;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The server ended the connection in good order. */
  void end() {
    end(new EOFException("the server closed the connection"));
  }

  /**
   * The next bytes, or null when none come in time.
   *
   * @throws IOException the reason of the end, once all bytes before it were taken
   */
  byte @Nullable [] take(Duration patience) throws IOException, InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (chunks.isEmpty() && ending == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      byte[] chunk = chunks.poll();
      if (chunk != null) {
        bytes -= chunk.length;
        changed.signalAll();
      } else if (ending != null) {
        throw ending;
      }
      return chunk;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
