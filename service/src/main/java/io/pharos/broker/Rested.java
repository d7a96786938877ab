package io.pharos.broker;

import java.util.concurrent.atomic.AtomicBoolean;

/** Steps that are due at the end of a rest. Whoever cuts it short takes them instead. */
final class Rested implements HandOut {
  private final HandOut steps;
  private final AtomicBoolean over = new AtomicBoolean();
  private boolean begun;

  Rested(HandOut steps) {
    this.steps = steps;
  }

  /** Whether the steps are the caller's to take; false when the rest is over already. */
  boolean cutShort() {
    return over.compareAndSet(false, true);
  }

  @Override
  public boolean step() {
    begun = begun || over.compareAndSet(false, true);
    return begun && steps.step();
  }
}
