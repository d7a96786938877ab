package io.pharos.hub;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many replays read at once, and the others wait, first come, first served. A turn is for
 * one page, and ends when its client does not take more, so that no client keeps others waiting.
 */
final class ReplayGate {
  private final Semaphore turns;
  private final PressureMetrics metrics;

  /**
   * @param atOnce 0 stands for no bound
   */
  ReplayGate(int atOnce, PressureMetrics metrics) {
    this.turns = new Semaphore(atOnce == 0 ? Integer.MAX_VALUE : atOnce, true);
    this.metrics = metrics;
  }

  /** Waits for a turn, which lasts until {@link #leave}. May block. */
  void enter() throws InterruptedException {
    if (!turns.tryAcquire(0, TimeUnit.SECONDS)) {
      metrics.replayDelayed();
      turns.acquire();
    }
  }

  void leave() {
    turns.release();
  }
}
