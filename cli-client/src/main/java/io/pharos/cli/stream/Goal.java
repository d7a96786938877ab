package io.pharos.cli.stream;

import io.pharos.cli.failure.ExitCode;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a subscriber is done, and how well it did. Not thread-safe. */
public final class Goal {
  /** For as many messages, or as long, as there are. */
  public static final long NO_COUNT = Long.MAX_VALUE;

  public static final Duration NO_TIMEOUT = Duration.ofDays(365);

  private final long count;
  private final long endsAt;
  private final LongSupplier nanoTime;
  private long received;
  private boolean missed;

  /** Starts the clock. */
  public Goal(long count, Duration timeout, LongSupplier nanoTime) {
    this.count = count;
    this.nanoTime = nanoTime;
    this.endsAt = nanoTime.getAsLong() + timeout.toNanos();
  }

  void received() {
    received++;
  }

  void missed() {
    missed = true;
  }

  boolean isReached() {
    return received >= count;
  }

  boolean isOver() {
    return isReached() || timeLeft().isZero();
  }

  Duration timeLeft() {
    return Duration.ofNanos(Math.max(0, endsAt - nanoTime.getAsLong()));
  }

  /** Without a count, one message before the time is up is enough. */
  ExitCode exitCode() {
    boolean enough = count == NO_COUNT ? received > 0 : isReached();
    if (!enough) {
      return ExitCode.TIMED_OUT;
    }
    return missed ? ExitCode.GAP : ExitCode.DONE;
  }
}
