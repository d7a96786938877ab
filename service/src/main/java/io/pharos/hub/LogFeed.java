package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What flows to one subscription from the log: a {@link Lane} for each destination that it takes
 * in, and the order in which it comes to life. Register, prepare (positions are known, messages are
 * held), start (replay, release, live).
 */
final class LogFeed implements Feed {
  private static final System.Logger LOG = System.getLogger(LogFeed.class.getName());

  private final Subscription subscription;
  private final Broker broker;
  private final Lanes node;
  private final Outlet outlet;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Destination, Lane> lanes = new HashMap<>(2);

  /** The only lane of a subscription to one destination, once it is there. */
  private volatile @Nullable Lane only;

  private boolean started;
  private Runnable cleanUp = () -> {};

  LogFeed(Subscription subscription, Lanes lanes, Flow flow) {
    this.subscription = subscription;
    this.broker = lanes.broker();
    this.node = lanes;
    this.outlet =
        switch (flow.acknowledgement()) {
          case AUTOMATIC -> Outlet.OPEN;
          case BY_CLIENT -> new Window(flow.window());
        };
  }

  @Override
  public Subscription subscription() {
    return subscription;
  }

  void onClose(Runnable action) {
    cleanUp = action;
  }

  /**
   * Finds each destination's place. Messages that come meanwhile are held. A destination that
   * appears meanwhile and is not listed is new: all of it belongs to the subscriber.
   */
  void prepare(Resume resume) {
    List<Destination> destinations = destinations();
    List<History> all = broker.bounds(destinations);
    for (int i = 0; i < destinations.size(); i++) {
      Destination destination = destinations.get(i);
      History bounds = all.get(i);
      Lane lane = lane(destination, bounds.top());
      switch (resume) {
        case Resume.FromNow now -> lane.resumeNow(bounds);
        case Resume.FromEarliest earliest -> lane.resumeEarliest(bounds);
        case Resume.From from -> lane.resume(from.after(destination), bounds);
      }
    }
  }

  private List<Destination> destinations() {
    return subscription.pattern().isLiteral()
        ? List.of(Destination.of(subscription.pattern().value()))
        : broker.destinations(subscription.pattern());
  }

  @Override
  public Map<Destination, Position> positions() {
    lock.lock();
    try {
      var positions = new TreeMap<Destination, Position>();
      lanes.forEach((destination, lane) -> positions.put(destination, lane.position()));
      return positions;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Destination> atMostOnce() {
    return positions().keySet().stream().filter(d -> !broker.retains(d)).toList();
  }

  /** Lets the messages flow: what was missed first, then what comes. Returns at once. */
  @Override
  public void start() {
    lock.lock();
    try {
      if (!started) {
        started = true;
        lanes.values().forEach(Lane::start);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    subscription.close();
    cleanUp.run();
  }

  /** Takes messages from the broker's thread. Never blocks. */
  void deliver(Destination destination, List<Message> batch) {
    if (subscription.isOpen()) {
      lane(destination, batch.getFirst().position()).deliver(batch);
    }
  }

  /** Takes notice that the broker has lost messages. Never blocks. */
  void lost(Destination destination, History left) {
    if (subscription.isOpen()) {
      lane(destination, left.top()).lost();
    }
  }

  /** Ends the session: one that misses a message must not go on as if it had not. */
  void failed(Throwable why) {
    subscription.session().close(CloseReason.SERVER_ERROR);
    LOG.log(System.Logger.Level.ERROR, "Delivery to " + subscription + " failed", why);
  }

  private Lane lane(Destination destination, Position any) {
    Lane known = only;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      Lane lane = lanes.get(destination);
      if (lane == null) {
        lane = node.open(subscription, outlet, destination, any.epoch());
        lanes.put(destination, lane);
        if (started) {
          lane.startLive();
        }
        only = subscription.pattern().isLiteral() ? lane : null;
      }
      return lane;
    } finally {
      lock.unlock();
    }
  }
}
