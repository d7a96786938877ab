package io.pharos.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens elsewhere, up to a deadline. */
final class Await {
  /** Far more than anything here should take, on a slow machine as well. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration STEP = Duration.ofMillis(10);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    until(what, PATIENCE, condition);
  }

  static void until(String what, Duration patience, BooleanSupplier condition) {
    until(() -> what, patience, condition);
  }

  /**
   * @param what what was awaited, for the failure's text
   */
  static void until(Supplier<String> what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience.toMillis() + " ms: " + what.get());
      }
      pause(STEP);
    }
  }

  private static void pause(Duration step) {
    try {
      Thread.sleep(step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
