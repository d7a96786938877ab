package io.pharos.hub;

import io.pharos.broker.HandOut;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.util.List;

/**
 * Messages of one destination on their way to all subscribers on this node, some dozens in a step:
 * what a delivery has touched is still in the processor's caches when it is written.
 */
final class Broadcast implements HandOut {
  /** How many subscribers get the messages in one step. */
  private static final int STEP = 32;

  private final Destination destination;
  private final List<Message> batch;
  private final LogFeed[] feeds;
  private int next;

  Broadcast(Destination destination, List<Message> batch, LogFeed[] feeds) {
    this.destination = destination;
    this.batch = batch;
    this.feeds = feeds;
  }

  @Override
  public boolean step() {
    int end = Math.min(next + STEP, feeds.length);
    while (next < end) {
      deliver(feeds[next++]);
    }
    return next < feeds.length;
  }

  /** One subscriber's failure must not keep the messages from the others. */
  private void deliver(LogFeed feed) {
    try {
      feed.deliver(destination, batch);
    } catch (RuntimeException e) {
      feed.failed(e);
    }
  }
}
