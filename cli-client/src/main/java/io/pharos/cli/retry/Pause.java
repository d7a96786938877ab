package io.pharos.cli.retry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that can be given up for good, from another thread. */
public class Pause {
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Waits, unless that is given up.
   *
   * @return false when there is no more waiting
   */
  public boolean waitFor(Duration time) throws InterruptedException {
    return !ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends this and all later waits. */
  public void end() {
    ended.countDown();
  }
}
