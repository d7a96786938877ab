package io.pharos.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a client was last heard and spoken to, against a clock that never goes back, and what
 * follows from silence.
 */
public final class Liveness {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long EARLY = Duration.ofSeconds(3).toNanos();

  private volatile long lastSent;
  private volatile long lastReceived;
  private volatile long sendEvery = NEVER;
  private volatile long receiveWithin = NEVER;
  private volatile @Nullable Outgoing beat;
  private volatile CloseReason silence = CloseReason.HEARTBEAT_LOST;

  Liveness(long nanos) {
    lastSent = nanos;
    lastReceived = nanos;
  }

  /**
   * Sends {@code newBeat} whenever nothing else was sent for some time, which is always shorter
   * than the interval.
   */
  public void beatEvery(Duration interval, Outgoing newBeat) {
    beat = newBeat;
    long nanos = interval.toNanos();
    sendEvery = nanos - Math.min(nanos / 2, EARLY);
  }

  /**
   * Closes the session for {@code reason} when nothing is received for so long; replaces an earlier
   * bound.
   */
  public void closeAfterSilence(Duration longest, CloseReason reason) {
    silence = reason;
    receiveWithin = longest.toNanos();
  }

  /** Lifts the bound on silence. */
  public void allowSilence() {
    receiveWithin = NEVER;
  }

  /** Something was received. */
  public void received(long nanos) {
    lastReceived = nanos;
  }

  void sent(long nanos) {
    lastSent = nanos;
  }

  /** The shorter one of both times, in nanoseconds. */
  long shortest() {
    return Math.min(sendEvery, receiveWithin);
  }

  @Nullable Outgoing beatDue(long nanos) {
    return nanos - lastSent >= sendEvery ? beat : null;
  }

  @Nullable CloseReason overdue(long nanos) {
    return nanos - lastReceived > receiveWithin ? silence : null;
  }
}
