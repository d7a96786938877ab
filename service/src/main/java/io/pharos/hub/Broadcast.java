package io.pharos.hub;

import io.pharos.broker.HandOut;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages of one destination on their way to all subscribers on this node, some dozens in a step:
 * what a delivery has touched is still in the processor's caches when it is written.
 *
 * <p>It goes round: messages that come meanwhile are given to the next ones along with the first,
 * in one write, and in a second round to those who had the first already. Whoever joins or leaves
 * meanwhile ends that: what comes then waits for the end, and is for those who are there then.
 */
final class Broadcast implements HandOut {
  /** How many subscribers get the messages in one step. */
  private static final int STEP = 32;

  /** Up to how many messages, and how many bytes of them, more are taken along. */
  private static final int MAX_MESSAGES = 256;

  private static final long MAX_BYTES = 1 << 20;

  private final SubscriptionRegistry registry;
  private final Destination destination;

  /** What the registry's changes were before the feeds were found. */
  private long changes;

  private final LogFeed[] feeds;

  /** How many messages each part of the subscribers has been given since it began. */
  private final long[] given;

  /** The part whose turn is next. It has been given least, and the one after it comes second. */
  private int part;

  /** What that part has not been given. Replaced when it changes. */
  private List<Message> waiting;

  Broadcast(SubscriptionRegistry registry, Destination destination, List<Message> batch) {
    this.registry = registry;
    this.destination = destination;
    this.waiting = batch;
    this.changes = registry.changes();
    this.feeds = registry.find(destination);
    this.given = new long[(feeds.length + STEP - 1) / STEP];
  }

  @Override
  public boolean add(List<Message> more) {
    if (waiting.size() + more.size() > MAX_MESSAGES
        || weight(waiting) + weight(more) > MAX_BYTES
        || !isUpToDate()) {
      return false;
    }
    var all = new ArrayList<Message>(waiting.size() + more.size());
    all.addAll(waiting);
    all.addAll(more);
    waiting = all;
    return true;
  }

  private boolean isUpToDate() {
    long now = registry.changes();
    if (now != changes && Arrays.equals(feeds, registry.find(destination))) {
      changes = now;
    }
    return now == changes;
  }

  private static long weight(List<Message> messages) {
    long weight = 0;
    for (Message message : messages) {
      weight += message.weight();
    }
    return weight;
  }

  @Override
  public boolean step() {
    if (given.length == 0) {
      return false;
    }
    int end = Math.min((part + 1) * STEP, feeds.length);
    for (int i = part * STEP; i < end; i++) {
      deliver(feeds[i]);
    }
    long before = given[part];
    given[part] += waiting.size();
    part = (part + 1) % given.length;
    int had = Math.toIntExact(given[part] - before);
    if (had > 0) {
      waiting = List.copyOf(waiting.subList(had, waiting.size()));
    }
    return !waiting.isEmpty();
  }

  /** One subscriber's failure must not keep the messages from the others. */
  private void deliver(LogFeed feed) {
    try {
      feed.deliver(destination, waiting);
    } catch (RuntimeException | Error e) {
      feed.failed(e);
    }
  }
}
