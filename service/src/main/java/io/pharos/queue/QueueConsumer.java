package io.pharos.queue;

import io.pharos.message.Outcome;
import java.util.Collection;

/** One consumer's hold on a queue. */
public interface QueueConsumer extends AutoCloseable {

  /**
   * Settles leases: when this returns it is done, and the consumer has room for as many more. A tag
   * whose lease has ended already is skipped.
   */
  void settle(Collection<Long> tags, Outcome outcome);

  /**
   * Ends consuming, once: whatever is not settled goes back to the queue, and to other consumers as
   * a redelivery.
   */
  @Override
  void close();
}
