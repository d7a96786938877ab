package io.pharos.queue;

import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.util.List;

/** Where work queues are not offered: every use is refused with the code {@code UNSUPPORTED}. */
public final class NoQueues implements WorkQueues {

  @Override
  public List<Published> publish(List<Publication> publications) {
    throw refusal(publications.getFirst().destination());
  }

  @Override
  public QueueConsumer attach(Destination queue, int window, LeaseListener listener) {
    throw refusal(queue);
  }

  @Override
  public List<QueueStatus> status() {
    return List.of();
  }

  @Override
  public void check() {}

  @Override
  public void close() {}

  private static PharosException refusal(Destination queue) {
    return new PharosException(
        PharosException.Code.UNSUPPORTED, "'" + queue + "': work queues are not offered here yet");
  }
}
