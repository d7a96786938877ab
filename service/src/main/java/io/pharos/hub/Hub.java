package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerListener;
import io.pharos.broker.Interest;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * The way out: takes what the broker hands out, finds who wants it on this node, and offers it to
 * their sessions. It never waits for a client.
 */
public final class Hub implements BrokerListener {
  private final Broker broker;
  private final Executor executor;
  private final Metrics metrics;
  private final SubscriptionRegistry registry = new SubscriptionRegistry();
  private final ConcurrentMap<Session, Set<Feed>> feeds = new ConcurrentHashMap<>();

  /**
   * @param executor runs replays, which wait for their client: a virtual thread a task
   */
  public Hub(Broker broker, Executor executor, Metrics metrics) {
    this.broker = broker;
    this.executor = executor;
    this.metrics = metrics;
  }

  /**
   * Opens a subscription whose messages are held back until {@link Feed#start}: in between, its
   * positions are known and the client can be told. When this returns, no message that is published
   * from now on is missed.
   *
   * @param pattern what the session's user may subscribe to, checked by the caller
   * @param resume where the client left off
   */
  public Feed subscribe(Session session, String id, DestinationPattern pattern, Resume resume) {
    checkSupported(pattern);
    var feed = new Feed(new Subscription(session, id, pattern), broker, executor, metrics);
    registry.add(feed);
    feed.onClose(() -> registry.remove(feed));
    try {
      Interest interest = broker.subscribe(pattern);
      feed.onClose(() -> remove(feed, interest));
      feed.prepare(resume);
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
    feeds.computeIfAbsent(session, s -> ConcurrentHashMap.newKeySet()).add(feed);
    if (!session.isOpen()) {
      release(session);
    }
    return feed;
  }

  private void remove(Feed feed, Interest interest) {
    registry.remove(feed);
    interest.close();
    feeds.computeIfPresent(
        feed.subscription().session(),
        (session, open) -> open.remove(feed) && open.isEmpty() ? null : open);
  }

  /** Closes all that a session subscribed to: it has ended. */
  void release(Session session) {
    Set<Feed> open = feeds.remove(session);
    if (open != null) {
      open.forEach(Feed::close);
    }
  }

  @Override
  public void messages(Destination destination, List<Message> batch) {
    registry.forEach(destination, feed -> feed.deliver(destination, batch));
  }

  /** How many subscriptions there are on this node. */
  public int subscriptions() {
    return registry.size();
  }

  /**
   * Refuses the kinds of destination that are named and not offered yet.
   *
   * @throws io.pharos.message.PharosException UNSUPPORTED
   */
  public static void checkSupported(DestinationPattern pattern) {
    Publisher.checkSupported(pattern.value(), kindOf(pattern));
  }

  private static Destination.Kind kindOf(DestinationPattern pattern) {
    String value = pattern.value();
    if (value.startsWith("/queue/")) {
      return Destination.Kind.QUEUE;
    }
    return value.startsWith("/app/") ? Destination.Kind.APP : Destination.Kind.TOPIC;
  }
}
