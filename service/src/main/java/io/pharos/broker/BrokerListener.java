package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.util.List;

/** Takes what a broker hands out. It must not block, and what it throws is its own loss. */
public interface BrokerListener {

  /**
   * Messages of one destination, in the log's order, each once. They follow each other without a
   * hole, and the first one follows the last one that was handed out before, unless its epoch is
   * another one.
   */
  void messages(Destination destination, List<Message> batch);
}
