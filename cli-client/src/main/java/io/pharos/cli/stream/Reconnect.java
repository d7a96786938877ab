package io.pharos.cli.stream;

import io.pharos.cli.failure.Failures;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.retry.Backoff;
import io.pharos.cli.retry.FirstConnect;
import io.pharos.cli.retry.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Decides after each lost connection whether to come back, and when. A server that was never
 * reached is not waited for, unless that is wanted; one that was reached is waited for without end.
 */
public final class Reconnect {
  /** Statuses that say that this client's request is wrong, which time does not change. */
  private static final Set<Integer> FINAL = Set.of(400, 401, 403, 405, 406, 414, 431);

  /** How long a connection must have lasted to count as one that worked. */
  private static final Duration STABLE = Duration.ofSeconds(10);

  private final FirstConnect first;
  private final Backoff backoff;
  private final Pause pause;
  private final LongSupplier nanoTime;
  private final Listener listener;
  private boolean reached;
  private boolean open;
  private long openedAt;

  /** Is told of each wait. */
  @FunctionalInterface
  public interface Listener {
    void lost(String reason, Duration wait);
  }

  public Reconnect(
      FirstConnect first, Backoff backoff, Pause pause, LongSupplier nanoTime, Listener listener) {
    this.first = first;
    this.backoff = backoff;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.listener = listener;
  }

  /** There is a connection, which has not told anything yet. */
  void opened() {
    open = true;
    openedAt = nanoTime.getAsLong();
  }

  /** The server takes this client: from now on it is waited for. */
  void accepted() {
    reached = true;
  }

  /** The connection has proved its worth: the next loss counts as the first one. */
  void works() {
    backoff.reset();
  }

  /** The server says how long to wait. */
  void startFrom(Duration delay) {
    backoff.startFrom(delay);
  }

  /**
   * Waits until it is time for the next try.
   *
   * @param timeLeft the longest wait
   * @throws IOException the failure, when there is to be no next try
   */
  void waitAfter(IOException failure, Duration timeLeft) throws IOException, InterruptedException {
    if (open && nanoTime.getAsLong() - openedAt >= STABLE.toNanos()) {
      backoff.reset();
    }
    open = false;
    boolean refusedForGood =
        failure instanceof ServerRefusedException refused && FINAL.contains(refused.status());
    if (refusedForGood || !reached && first == FirstConnect.FAIL) {
      throw failure;
    }
    Duration wait = backoff.next();
    if (failure instanceof ServerRefusedException refused) {
      wait = refused.atLeastAsAsked(wait);
    }
    wait = wait.compareTo(timeLeft) > 0 ? timeLeft : wait;
    listener.lost(Failures.sentence(failure), wait);
    if (!pause.waitFor(wait)) {
      throw failure;
    }
  }
}
