package io.pharos.cli.terminal;

/** SIGINT or SIGTERM: what is to happen then, and whether it has. Safe for several threads. */
public final class Interruption {
  private Runnable action;
  private boolean raised;

  /** Interrupts the given thread, unless a command asks for something else. */
  public Interruption(Thread command) {
    this.action = command::interrupt;
  }

  /**
   * Replaces what happens at a signal. The action must return at once and make the command end soon
   * by itself. Runs now if the signal came before.
   */
  public synchronized void onSignal(Runnable replacement) {
    action = replacement;
    if (raised) {
      action.run();
    }
  }

  public synchronized boolean isRaised() {
    return raised;
  }

  /** Tells the command to stop. */
  public synchronized void raise() {
    if (!raised) {
      raised = true;
      action.run();
    }
  }
}
