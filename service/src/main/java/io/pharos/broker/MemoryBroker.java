package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shared log of a single node, in memory: everything a {@link Broker} promises except to
 * outlive the process. What is published while messages are handed out goes along with them, or
 * next, all together; so under load there are fewer and larger batches. A destination with many
 * subscribers rests between two of them, as its {@link Linger} has it. A publisher waits while too
 * much of its destination is still to be handed out.
 */
public final class MemoryBroker implements Broker {
  /**
   * To how many destinations may have been published at once; publishing to one more is refused. As
   * many others may have been asked for: whoever may only read takes no room from publishers.
   */
  public static final int MAX_DESTINATIONS = 100_000;

  /** How long a destination that nobody uses keeps its position, at least. */
  static final Duration IDLE = Duration.ofHours(24);

  private final Function<Destination, HistoryLimits> limits;
  private final Clock clock;
  private final HandOuts handOuts;
  private final Linger linger;
  private final int maxDestinations;
  private final Epochs epochs = new Epochs();
  private final ConcurrentMap<Destination, MemoryLog> logs = new ConcurrentHashMap<>();

  /** How many of the logs ever had a message. */
  private final AtomicInteger begun = new AtomicInteger();

  private final ConcurrentMap<DestinationPattern, Integer> interests = new ConcurrentHashMap<>();
  private volatile @Nullable BrokerListener listener;

  /** One whose publishers hand the messages to the listener themselves. */
  public MemoryBroker(Function<Destination, HistoryLimits> limits, Clock clock) {
    this(limits, clock, HandOuts.AT_ONCE, Linger.NONE);
  }

  /**
   * @param handOuts takes the steps of handing out; there is one at a time for each destination
   * @param linger how long messages may wait for others, where {@code handOuts} knows rests
   */
  public MemoryBroker(
      Function<Destination, HistoryLimits> limits, Clock clock, HandOuts handOuts, Linger linger) {
    this(limits, clock, handOuts, linger, MAX_DESTINATIONS);
  }

  MemoryBroker(
      Function<Destination, HistoryLimits> limits,
      Clock clock,
      HandOuts handOuts,
      Linger linger,
      int maxDestinations) {
    this.limits = limits;
    this.clock = clock;
    this.handOuts = handOuts;
    this.linger = linger;
    this.maxDestinations = maxDestinations;
  }

  @Override
  public void start(BrokerListener newListener) {
    listener = newListener;
  }

  @Override
  public List<Published> publish(List<Publication> publications) {
    running();
    // Before anything is stored: a batch is refused as a whole.
    checkRoomFor(publications.stream().map(Publication::destination).toList());
    var answers = new ArrayList<Published>(publications.size());
    int from = 0;
    while (from < publications.size()) {
      Destination destination = publications.get(from).destination();
      int to = from + 1;
      while (to < publications.size() && publications.get(to).destination().equals(destination)) {
        to++;
      }
      append(destination, publications.subList(from, to), answers);
      from = to;
    }
    return answers;
  }

  private void append(Destination destination, List<Publication> run, List<Published> answers) {
    boolean appended = false;
    while (!appended) {
      // False only when the log was dropped as idle between finding and using it: the next one is
      // new.
      appended = log(destination).append(run, clock.instant(), answers);
    }
  }

  @Override
  public History history(Destination destination, @Nullable Position after, int limit) {
    running();
    checkRoomToAskFor(destination);
    History history = null;
    while (history == null) {
      history = log(destination).read(after, limit, clock.instant());
    }
    return history;
  }

  @Override
  public boolean retains(Destination destination) {
    return limits.apply(destination).size() > 0;
  }

  @Override
  public List<Destination> destinations(DestinationPattern pattern) {
    running();
    return logs.keySet().stream().filter(pattern::matches).toList();
  }

  @Override
  public Interest subscribe(DestinationPattern pattern) {
    running();
    interests.merge(pattern, 1, Integer::sum);
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        interests.computeIfPresent(pattern, (p, count) -> count == 1 ? null : count - 1);
      }
    };
  }

  @Override
  public void check() {
    running();
  }

  @Override
  public void close() {
    listener = null;
    logs.clear();
    begun.set(0);
  }

  /**
   * Hands out what was published, without rests, and waits for that. To be called when this is
   * about to be closed.
   *
   * @param patience for how long at most; what comes meanwhile may need longer
   */
  public void settle(Duration patience) {
    logs.values().forEach(MemoryLog::neverRest);
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (logs.values().stream().anyMatch(MemoryLog::isHandingOut)
          && System.nanoTime() < deadline) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Forgets messages that are too old, and destinations that nobody has used for a day, or for
   * twice as long as their messages are kept. To be called now and then.
   */
  public void sweep() {
    var now = clock.instant();
    logs.forEach(
        (destination, log) -> {
          if (log.expire(now, IDLE, () -> nobodyWants(destination))
              && logs.remove(destination, log)
              && log.hasBegun()) {
            begun.decrementAndGet();
          }
        });
  }

  private boolean nobodyWants(Destination destination) {
    // Nearly every interest is in one destination: found at once, without a look at all others.
    return !interests.containsKey(DestinationPattern.of(destination))
        && interests.keySet().stream().noneMatch(pattern -> pattern.matches(destination));
  }

  private MemoryLog log(Destination destination) {
    MemoryLog log = logs.get(destination);
    return log != null
        ? log
        : logs.computeIfAbsent(
            destination,
            d ->
                new MemoryLog(
                    d,
                    epochs.next(),
                    limits.apply(d),
                    clock.instant(),
                    handOuts,
                    linger.pace(d),
                    begun::incrementAndGet,
                    this::handOut));
  }

  private HandOut handOut(Destination destination, List<Message> batch) {
    BrokerListener receiver = listener;
    return receiver == null ? HandOut.NONE : receiver.handOut(destination, batch);
  }

  private void checkRoomFor(List<Destination> destinations) {
    long added = destinations.stream().filter(each -> !hasBegun(each)).distinct().count();
    if (added > 0 && begun.get() + added > maxDestinations) {
      throw noRoom();
    }
  }

  private void checkRoomToAskFor(Destination destination) {
    if (!logs.containsKey(destination) && logs.size() - begun.get() >= maxDestinations) {
      throw noRoom();
    }
  }

  private boolean hasBegun(Destination destination) {
    MemoryLog log = logs.get(destination);
    return log != null && log.hasBegun();
  }

  private PharosException noRoom() {
    return new PharosException(
        PharosException.Code.LIMIT_EXCEEDED,
        "no more than " + maxDestinations + " destinations can be in use at once");
  }

  private BrokerListener running() {
    BrokerListener current = listener;
    if (current == null) {
      throw new PharosException(PharosException.Code.UNAVAILABLE, "the broker is not running");
    }
    return current;
  }
}
