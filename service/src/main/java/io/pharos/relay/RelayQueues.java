package io.pharos.relay;

import io.pharos.broker.Broker;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.queue.LeaseListener;
import io.pharos.queue.QueueConsumer;
import io.pharos.queue.QueueStatus;
import io.pharos.queue.WorkQueues;
import java.util.List;

/**
 * The queues of the broker behind, as far as the application has to do with them: it publishes.
 * Clients consume them by their own connections, and what they hold is the broker's to tell.
 */
final class RelayQueues implements WorkQueues {
  private final Broker broker;

  RelayQueues(Broker broker) {
    this.broker = broker;
  }

  @Override
  public List<Published> publish(List<Publication> publications) {
    return broker.publish(publications);
  }

  @Override
  public QueueConsumer attach(Destination queue, int window, LeaseListener listener) {
    throw new PharosException(
        PharosException.Code.UNSUPPORTED,
        "'" + queue + "': work queues are consumed by STOMP clients alone");
  }

  @Override
  public List<QueueStatus> status() {
    throw new PharosException(
        PharosException.Code.UNSUPPORTED,
        "the queues are those of the broker that is behind this: ask it");
  }

  @Override
  public void check() {
    broker.check();
  }

  @Override
  public void close() {}
}
