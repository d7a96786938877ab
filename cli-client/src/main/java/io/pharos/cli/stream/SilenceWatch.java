package io.pharos.cli.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads an inbox, and takes a connection for dead when nothing came for too long although the
 * server sends heart-beats. For one thread.
 */
final class SilenceWatch {
  private final Inbox inbox;
  private final LongSupplier nanoTime;
  private Duration limit;
  private long heardAt;

  SilenceWatch(Inbox inbox, Duration limit, LongSupplier nanoTime) {
    this.inbox = inbox;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.heardAt = nanoTime.getAsLong();
  }

  void limit(Duration newLimit) {
    limit = newLimit;
  }

  /** The next bytes; empty when there were none in time. */
  byte[] read(Duration patience) throws IOException, InterruptedException {
    long left = limit.toNanos() - (nanoTime.getAsLong() - heardAt);
    byte[] chunk = inbox.take(Duration.ofNanos(Math.min(patience.toNanos(), Math.max(left, 0))));
    if (chunk != null) {
      heardAt = nanoTime.getAsLong();
      return chunk;
    }
    if (nanoTime.getAsLong() - heardAt >= limit.toNanos()) {
      throw new IOException("nothing was received for " + limit.toSeconds() + " s");
    }
    return new byte[0];
  }
}
