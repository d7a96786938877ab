package io.pharos.stomp;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Runs tasks at once, or keeps them for later while it is held: a writer that has no time yet. */
final class SwitchedExecutor implements Executor {
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean held;

  @Override
  public void execute(Runnable task) {
    if (held) {
      waiting.add(task);
    } else {
      task.run();
    }
  }

  void hold() {
    held = true;
  }

  void release() {
    held = false;
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      task.run();
    }
  }
}
