package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.util.List;

/** Takes what a broker hands out. It must not block, and what it throws is its own loss. */
public interface BrokerListener {

  /**
   * Messages of one destination, in the log's order, each once. They follow each other without a
   * hole, and the first one follows the last one that was handed out before, unless {@link #lost}
   * was called in between or its epoch is another one.
   */
  void messages(Destination destination, List<Message> batch);

  /**
   * What {@link #messages} does, left to the caller to do in steps. The next messages of this
   * destination come after the last step, unless {@link HandOut#add} takes them along.
   */
  default HandOut handOut(Destination destination, List<Message> batch) {
    return () -> {
      messages(destination, batch);
      return false;
    };
  }

  /**
   * What follows the last message that was handed out is lost: it is no longer retained, or the
   * whole log was lost and has begun anew. What is handed out next follows the start of what is
   * left, and may be long in coming.
   *
   * @param left the bounds of what is left
   */
  default void lost(Destination destination, History left) {}
}
