package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerListener;
import io.pharos.broker.HandOut;
import io.pharos.broker.History;
import io.pharos.broker.Interest;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.presence.Attendance;
import io.pharos.queue.NoQueues;
import io.pharos.queue.WorkQueues;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way out: takes what the broker hands out, finds who wants it on this node, and offers it to
 * their sessions. It never waits for a client.
 */
public final class Hub implements BrokerListener {
  private static final String QUEUE = "/queue/";

  private final Broker broker;
  private final Executor executor;
  private final Attendance attendance;
  private final Lanes lanes;
  private final SessionEvents events;
  private final WorkQueues queues;
  private final SubscriptionRegistry registry = new SubscriptionRegistry();
  private final ConcurrentMap<Session, Set<Feed>> feeds = new ConcurrentHashMap<>();
  private final Set<QueueFeed> consumers = ConcurrentHashMap.newKeySet();

  /**
   * @param executor runs replays, which wait for their turn: a virtual thread a task
   * @param attendance is told of all subscriptions
   * @param events is told of them for the application
   */
  public Hub(
      Broker broker,
      WorkQueues queues,
      Executor executor,
      Metrics metrics,
      Attendance attendance,
      SessionEvents events,
      DeliverySettings settings) {
    this(
        queues,
        executor,
        attendance,
        events,
        new Lanes(broker, executor, metrics, ReplayLimits.DEFAULT, settings));
  }

  /** For no application, and as {@link DeliverySettings#DEFAULT} has it. */
  public Hub(
      Broker broker, WorkQueues queues, Executor executor, Metrics metrics, Attendance attendance) {
    this(
        broker,
        queues,
        executor,
        metrics,
        attendance,
        SessionEvents.NONE,
        DeliverySettings.DEFAULT);
  }

  /** Without work queues. */
  public Hub(Broker broker, Executor executor, Metrics metrics, Attendance attendance) {
    this(broker, new NoQueues(), executor, metrics, attendance);
  }

  /** Without work queues, and without presence. */
  public Hub(Broker broker, Executor executor, Metrics metrics) {
    this(broker, executor, metrics, ReplayLimits.DEFAULT);
  }

  Hub(Broker broker, Executor executor, Metrics metrics, ReplayLimits replayLimits) {
    this(broker, executor, metrics, replayLimits, DeliverySettings.DEFAULT);
  }

  Hub(
      Broker broker,
      Executor executor,
      Metrics metrics,
      ReplayLimits replayLimits,
      DeliverySettings settings) {
    this(
        new NoQueues(),
        executor,
        new Attendance(d -> false),
        SessionEvents.NONE,
        new Lanes(broker, executor, metrics, replayLimits, settings));
  }

  private Hub(
      WorkQueues queues,
      Executor executor,
      Attendance attendance,
      SessionEvents events,
      Lanes lanes) {
    this.broker = lanes.broker();
    this.queues = queues;
    this.executor = executor;
    this.attendance = attendance;
    this.events = events;
    this.lanes = lanes;
  }

  /**
   * Opens a subscription whose messages are held back until {@link Feed#start}: in between, its
   * positions are known and the client can be told. When this returns, no message that is published
   * from now on is missed.
   *
   * @param pattern what the session's user may subscribe to, checked by the caller
   * @param resume where the client left off; of a work queue, nothing but {@link Resume#NOW}
   */
  public Feed subscribe(
      Session session, String id, DestinationPattern pattern, Resume resume, Flow flow) {
    checkSupported(pattern);
    var subscription = new Subscription(session, id, pattern);
    Feed feed =
        pattern.value().startsWith(QUEUE)
            ? consume(subscription, resume, flow)
            : follow(subscription, resume, flow);
    feeds.compute(session, (s, open) -> with(feed, open));
    attendance.opened(subscription);
    events.subscribed(subscription);
    if (!session.isOpen()) {
      release(session);
    }
    return feed;
  }

  /** {@link #subscribe} where nothing needs to be acknowledged. */
  public Feed subscribe(Session session, String id, DestinationPattern pattern, Resume resume) {
    return subscribe(session, id, pattern, resume, Flow.AUTOMATIC);
  }

  private Feed follow(Subscription subscription, Resume resume, Flow flow) {
    var feed = new LogFeed(subscription, lanes, flow);
    registry.add(feed);
    feed.onClose(() -> registry.remove(feed));
    try {
      Interest interest = broker.subscribe(subscription.pattern());
      feed.onClose(() -> remove(feed, interest));
      feed.prepare(resume);
      return feed;
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  private Feed consume(Subscription subscription, Resume resume, Flow flow) {
    if (!subscription.pattern().isLiteral()) {
      throw PharosException.badRequest(
          "work queues are consumed one by one: wildcards are not allowed in '"
              + subscription.pattern()
              + "'");
    }
    if (!(resume instanceof Resume.FromNow)) {
      throw PharosException.badRequest(
          "a work queue has no position to resume from: what is not acknowledged comes again");
    }
    var feed = new QueueFeed(subscription, queues, flow.window(), executor, this::remove);
    consumers.add(feed);
    return feed;
  }

  /** Within the map's own lock, so that a set which is just being removed gets no member. */
  private static Set<Feed> with(Feed feed, @Nullable Set<Feed> open) {
    Set<Feed> all = open == null ? ConcurrentHashMap.newKeySet() : open;
    all.add(feed);
    return all;
  }

  private void remove(LogFeed feed, Interest interest) {
    registry.remove(feed);
    interest.close();
    forget(feed);
  }

  private void remove(QueueFeed feed) {
    consumers.remove(feed);
    forget(feed);
  }

  private void forget(Feed feed) {
    attendance.closed(feed.subscription());
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
    handOut(destination, batch).all();
  }

  @Override
  public HandOut handOut(Destination destination, List<Message> batch) {
    return new Broadcast(registry, destination, batch);
  }

  @Override
  public void lost(Destination destination, History left) {
    for (LogFeed feed : registry.find(destination)) {
      try {
        feed.lost(destination, left);
      } catch (RuntimeException | Error e) {
        feed.failed(e);
      }
    }
  }

  /** How many sessions have subscriptions here. */
  int subscribers() {
    return feeds.size();
  }

  /** The sessions on this node that take in a destination's messages. */
  Stream<Session> subscribers(Destination destination) {
    Stream.Builder<Session> found = Stream.builder();
    consumers.stream()
        .map(QueueFeed::subscription)
        .filter(each -> each.pattern().matches(destination))
        .forEach(each -> found.add(each.session()));
    for (LogFeed feed : registry.find(destination)) {
      found.add(feed.subscription().session());
    }
    return found.build().distinct();
  }

  /** What a session is subscribed to. */
  List<String> subscriptionsOf(Session session) {
    return feeds.getOrDefault(session, Set.of()).stream()
        .map(feed -> feed.subscription().pattern().value())
        .sorted()
        .toList();
  }

  /** How many subscriptions there are on this node. */
  public int subscriptions() {
    return registry.size() + consumers.size();
  }

  /**
   * Refuses what nobody can subscribe to at the broker: message handlers.
   *
   * @throws io.pharos.message.PharosException UNSUPPORTED
   */
  public static void checkSupported(DestinationPattern pattern) {
    HandlerDestinations.refuse(pattern.value());
  }
}
