package io.pharos.queue;

import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.Publication;
import java.util.List;

/**
 * The port to the work queues. A message stays in its queue until the one consumer that holds it
 * acknowledges it; when the consumer returns it or is lost, the message goes to the next one. A
 * message that was handed out too often becomes a dead letter, one that waited too long expires;
 * nothing else ends it. First deliveries of a queue are handed out in the order in which they were
 * published.
 *
 * <p>All calls may block, and throw {@link io.pharos.message.PharosException} with code {@code
 * UNAVAILABLE} when the queues cannot be reached.
 */
public interface WorkQueues extends AutoCloseable {

  /**
   * Stores all of the publications or none: when this returns they are stored, each queue's in the
   * order given.
   *
   * @throws io.pharos.message.PharosException LIMIT_EXCEEDED when a queue is full or there are too
   *     many of them, BAD_REQUEST when a name is too long to have a dead-letter queue; then nothing
   *     was stored
   */
  List<Published> publish(List<Publication> publications);

  /**
   * Starts to consume.
   *
   * @param window how many messages the consumer holds at the most without having settled them
   * @param listener gets the messages, beginning before this returns
   */
  QueueConsumer attach(Destination queue, int window, LeaseListener listener);

  /** Every queue that has messages or consumers, over all nodes, in the order of their names. */
  List<QueueStatus> status();

  /** Returns when the queues can be reached, and throws when they cannot. */
  void check();

  /** Stops handing out, and frees what is held here. */
  @Override
  void close();
}
