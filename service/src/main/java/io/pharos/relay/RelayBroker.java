package io.pharos.relay;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerListener;
import io.pharos.broker.Epochs;
import io.pharos.broker.History;
import io.pharos.broker.HistoryLimits;
import io.pharos.broker.Interest;
import io.pharos.broker.MemoryBroker;
import io.pharos.broker.Published;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The application's view of the broker behind: publishes by its connection, and hands out what
 * event streams follow. Such a broker knows no positions and keeps no history: those that are
 * handed out here are this node's own and last until the connection is lost, or nobody follows the
 * destination any more: who comes back with one from before that is told of a gap. Idempotency keys
 * and wildcards are refused with the code UNSUPPORTED.
 */
final class RelayBroker implements Broker, SystemLink.User {
  private static final System.Logger LOG = System.getLogger(RelayBroker.class.getName());

  private static final HistoryLimits NO_HISTORY = new HistoryLimits(0, Duration.ofMinutes(5));

  private record Followed(String id, int count) {}

  private final SystemLink link;
  private final Clock clock;
  private final String epoch = new Epochs().next();
  private final AtomicLong publications = new AtomicLong();
  private final AtomicLong subscriptions = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Destination, Followed> followed = new HashMap<>();
  private final Map<String, Destination> destinations = new ConcurrentHashMap<>();

  /** What gives positions to what comes, one for each destination that is followed. */
  private final Map<Destination, MemoryBroker> logs = new ConcurrentHashMap<>();

  private volatile @Nullable BrokerListener listener;

  /** Whether what is followed is subscribed to by the connection of now. Guarded by the lock. */
  private boolean subscribed;

  RelayBroker(SystemLink link, Clock clock) {
    this.link = link;
    this.clock = clock;
  }

  @Override
  public void start(BrokerListener newListener) {
    listener = newListener;
    link.start(this);
  }

  @Override
  public List<Published> publish(List<Publication> all) {
    for (Publication publication : all) {
      if (publication.idempotencyKey() != null) {
        throw new PharosException(
            Code.UNSUPPORTED, "idempotency keys are not kept by the broker that is behind this");
      }
      // Before anything is sent: the whole batch is refused.
      BrokerName.of(publication.destination());
    }
    link.check();
    List<Frame> frames = all.stream().map(Translation::send).toList();
    link.exchange(
        receipts ->
            frames.size() == 1
                ? List.of(Translation.toBroker(frames.getFirst(), "receipt", receipts.next()))
                : Transaction.of(frames, receipts));
    return all.stream()
        .map(
            each ->
                new Published(
                    each.destination(), new Position(epoch, publications.incrementAndGet()), false))
        .toList();
  }

  @Override
  public History history(Destination destination, @Nullable Position after, int limit) {
    MemoryBroker log = logs.get(destination);
    // Where nobody follows, each look sees another epoch: what comes meanwhile is not counted.
    return (log == null ? newLog() : log).history(destination, after, limit);
  }

  @Override
  public boolean retains(Destination destination) {
    return false;
  }

  @Override
  public List<Destination> destinations(DestinationPattern pattern) {
    return logs.keySet().stream().filter(pattern::matches).toList();
  }

  /** A log of length 0, with an epoch of its own. */
  private MemoryBroker newLog() {
    BrokerListener receiver = listener;
    if (receiver == null) {
      throw Away.of("the connection to the broker is not opened yet");
    }
    var log = new MemoryBroker(destination -> NO_HISTORY, clock);
    log.start(receiver);
    return log;
  }

  @Override
  public Interest subscribe(DestinationPattern pattern) {
    if (!pattern.isLiteral()) {
      throw new PharosException(
          Code.UNSUPPORTED,
          "'"
              + pattern
              + "': with the broker that is behind this, wildcards are for STOMP clients alone");
    }
    link.check();
    Destination destination = Destination.of(pattern.value());
    lock.lock();
    try {
      if (!subscribed) {
        throw Away.of("the connection to the broker is being opened again");
      }
      Followed known = followed.get(destination);
      followed.put(
          destination, known == null ? follow(destination) : counted(known, known.count() + 1));
    } finally {
      lock.unlock();
    }
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        leave(destination);
      }
    };
  }

  private static Followed counted(Followed known, int count) {
    return new Followed(known.id(), count);
  }

  private Followed follow(Destination destination) {
    String id = Long.toString(subscriptions.incrementAndGet());
    destinations.put(id, destination);
    logs.put(destination, newLog());
    try {
      link.exchange(receipts -> List.of(subscribe(id, destination, receipts)));
      return new Followed(id, 1);
    } catch (PharosException e) {
      destinations.remove(id);
      logs.remove(destination);
      throw e;
    }
  }

  private static Frame subscribe(String id, Destination destination, Receipts.Batch receipts) {
    return Frame.of(Command.SUBSCRIBE)
        .header("id", id)
        .header("destination", BrokerName.of(destination).header())
        .header("receipt", receipts.next())
        .build();
  }

  private void leave(Destination destination) {
    lock.lock();
    try {
      Followed known = followed.get(destination);
      if (known == null) {
        return;
      }
      if (known.count() > 1) {
        followed.put(destination, counted(known, known.count() - 1));
        return;
      }
      followed.remove(destination);
      destinations.remove(known.id());
      logs.remove(destination);
      if (subscribed) {
        // A broker may end the connection over a subscription that it does not know.
        link.exchange(
            receipts -> List.of(Frame.of(Command.UNSUBSCRIBE).header("id", known.id()).build()));
      }
    } catch (PharosException e) {
      LOG.log(System.Logger.Level.DEBUG, "Not unsubscribed: the broker is away", e);
    } finally {
      lock.unlock();
    }
  }

  /** Begins anew: what was published since the connection was lost is not known. */
  @Override
  public void connected() {
    BrokerListener receiver = listener;
    if (receiver == null) {
      return;
    }
    lock.lock();
    try {
      followed.keySet().forEach(destination -> logs.put(destination, newLog()));
      if (!followed.isEmpty()) {
        link.exchange(this::subscribeAll);
      }
      subscribed = true;
      followed
          .keySet()
          .forEach(destination -> receiver.lost(destination, history(destination, null, 0)));
    } finally {
      lock.unlock();
    }
  }

  private List<Frame> subscribeAll(Receipts.Batch receipts) {
    var frames = new ArrayList<Frame>(followed.size());
    followed.forEach(
        (destination, known) -> frames.add(subscribe(known.id(), destination, receipts)));
    return frames;
  }

  @Override
  public void disconnected() {
    lock.lock();
    try {
      subscribed = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void message(Frame message) {
    String id = message.header("subscription");
    Destination destination = id == null ? null : destinations.get(id);
    MemoryBroker log = destination == null ? null : logs.get(destination);
    if (destination == null || log == null) {
      return;
    }
    try {
      log.publish(List.of(publication(destination, message)));
    } catch (PharosException e) {
      LOG.log(System.Logger.Level.WARNING, "A message is left out: {0}", e.detail());
    }
  }

  /** Others than Pharos publish as well: what cannot be a header of ours is left out. */
  private static Publication publication(Destination destination, Frame message) {
    var headers = new LinkedHashMap<String, String>();
    message.forEachHeader(
        (name, value) -> {
          if (headers.size() < Headers.MAX_COUNT && isHeader(name, value)) {
            headers.putIfAbsent(name, value);
          }
        });
    return new Publication(
        destination,
        Body.wrap(message.body()),
        message.header("content-type"),
        new Headers(headers),
        null);
  }

  private static boolean isHeader(String name, String value) {
    if (name.equals("persistent")) {
      return false;
    }
    try {
      return new Headers(Map.of(name, value)).values().size() == 1;
    } catch (PharosException e) {
      return false;
    }
  }

  @Override
  public void check() {
    link.check();
  }

  @Override
  public void close() {
    link.close();
  }
}
