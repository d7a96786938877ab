package io.pharos.broker;

/**
 * Messages on their way to all who want them, in short steps, between which other work may pass.
 * One step is over before the next one begins, in whichever thread; none of them blocks.
 */
@FunctionalInterface
public interface HandOut {

  /** Nothing to do. */
  HandOut NONE = () -> false;

  /**
   * Gives the messages to some more of those who want them.
   *
   * @return whether another step is due
   */
  boolean step();

  /** Takes all steps, at once. */
  default void all() {
    boolean more = step();
    while (more) {
      more = step();
    }
  }
}
