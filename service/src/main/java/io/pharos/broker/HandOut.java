package io.pharos.broker;

import io.pharos.message.Message;
import java.util.List;

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

  /**
   * Takes messages along that follow those which are on their way: whoever has not got the former
   * gets both together. To be called between two steps.
   *
   * @return false when they have to wait for the last step of these
   */
  default boolean add(List<Message> more) {
    return false;
  }

  /** Takes all steps, at once. */
  default void all() {
    boolean more = step();
    while (more) {
      more = step();
    }
  }
}
