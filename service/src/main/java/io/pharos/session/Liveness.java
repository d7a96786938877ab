package io.pharos.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a client was last heard, against a clock that never goes back, and what follows from silence
 * on either side. When it was last spoken to, its writer knows.
 */
public final class Liveness {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long EARLY = Duration.ofSeconds(3).toNanos();

  private volatile long lastReceived;
  private volatile long sendEvery = NEVER;
  private volatile long receiveWithin = NEVER;
  private volatile @Nullable Outgoing beat;
  private volatile CloseReason silence = CloseReason.HEARTBEAT_LOST;
  private volatile boolean patient;

  Liveness(long nanos) {
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
    patient = false;
  }

  /** Lifts the bound on silence until the next one is set. */
  public void allowSilence() {
    patient = true;
  }

  /** Something was received. */
  public void received(long nanos) {
    lastReceived = nanos;
  }

  /** Whether the client has still to log in, and to say how often it wants to hear something. */
  boolean isSettling() {
    return !patient && silence == CloseReason.LOGIN_TIMEOUT;
  }

  /** The beat, if it is due when nothing was sent for so many nanoseconds; or null. */
  @Nullable Outgoing beatDue(long quiet) {
    return quiet >= sendEvery ? beat : null;
  }

  /** The beat, or null when the client wants to hear none. */
  @Nullable Outgoing beatOrNull() {
    return beat;
  }

  /** In how many nanoseconds the next beat is due, should nothing be sent until then. */
  long untilBeat(long quiet) {
    return sendEvery == NEVER ? NEVER : sendEvery - quiet;
  }

  /**
   * In how many nanoseconds something must have been received. While silence is allowed, that much
   * after it: the bound may be set again at any moment.
   */
  long untilOverdue(long nanos) {
    return patient || receiveWithin == NEVER ? receiveWithin : lastReceived + receiveWithin - nanos;
  }

  @Nullable CloseReason overdue(long nanos) {
    return !patient && nanos - lastReceived > receiveWithin ? silence : null;
  }
}
