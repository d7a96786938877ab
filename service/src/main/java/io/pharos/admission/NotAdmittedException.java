package io.pharos.admission;

import io.pharos.message.PharosException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** A client is sent away, and should come back after a while. */
public final class NotAdmittedException extends PharosException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final Duration pause;

  NotAdmittedException(Refusal refusal) {
    super(Code.BUSY, refusal.text());
    this.refusal = refusal;
    this.pause = refusal.pause(ThreadLocalRandom.current());
  }

  public Refusal refusal() {
    return refusal;
  }

  /** When to come back: whole milliseconds, drawn by lot. */
  public Duration pause() {
    return pause;
  }
}
