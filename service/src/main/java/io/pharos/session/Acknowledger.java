package io.pharos.session;

import io.pharos.message.Outcome;
import java.util.Collection;

/** Takes a client's word on messages that it was handed. */
@FunctionalInterface
public interface Acknowledger {

  /**
   * Settles messages. May block.
   *
   * @param tags of {@link AcknowledgedDelivery}
   * @throws io.pharos.message.PharosException UNAVAILABLE when it cannot be stored; the messages
   *     may then come again
   */
  void settle(Collection<Long> tags, Outcome outcome);
}
