package io.pharos.session;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs tasks when the test says so, one after the other, on the test's own thread. */
public final class ManualExecutor implements Executor {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.addLast(task);
  }

  public boolean isIdle() {
    return tasks.isEmpty();
  }

  public void runNext() {
    tasks.removeFirst().run();
  }

  /** Runs everything, also what comes up meanwhile. */
  public void runAll() {
    while (!isIdle()) {
      runNext();
    }
  }
}
