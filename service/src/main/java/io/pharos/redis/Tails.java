package io.pharos.redis;

import io.pharos.broker.BrokerListener;
import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tails of all destinations that this node wants, and the reading that keeps them whole. */
final class Tails {
  private static final Logger LOG = System.getLogger(Tails.class.getName());

  /** How many logs are read at once. */
  private static final int READERS = 64;

  private final LogReader reader;
  private final Index index;
  private final Interests interests;
  private final Attention attention;
  private final BrokerListener listener;
  private final Executor executor;

  /** Whoever follows reads, whoever lets go writes: what is wanted again is not let go of. */
  private final ReadWriteLock following = new ReentrantReadWriteLock();

  /** Noted just now, and to be followed. */
  private final Set<Destination> fresh = ConcurrentHashMap.newKeySet();

  private final ConcurrentMap<Destination, Tail> tails = new ConcurrentHashMap<>();
  private final Semaphore readers = new Semaphore(READERS);
  private final LongAdder unreadable = new LongAdder();
  private volatile boolean closed;

  /**
   * @param executor reads logs, which blocks: a virtual thread a task
   */
  Tails(
      LogReader reader,
      Index index,
      Interests interests,
      Attention attention,
      BrokerListener listener,
      Executor executor) {
    this.reader = reader;
    this.index = index;
    this.interests = interests;
    this.attention = attention;
    this.listener = listener;
    this.executor = executor;
  }

  /** How many frames came that could not be read; their messages were looked for in the logs. */
  long unreadable() {
    return unreadable.sum();
  }

  /** Takes what came on a channel. Never blocks. */
  void received(byte[] payload) {
    Frame frame = Frame.parse(payload);
    if (frame == null) {
      unreadable.increment();
      return;
    }
    Tail tail = tails.get(frame.destination());
    if (tail == null) {
      if (!interests.wantsByWildcard(frame.destination())) {
        return;
      }
      tail = tail(frame.destination());
      if (interests.knowsAllLike(frame.destination())) {
        tail.begin(new Place(new Position(frame.newest().position().epoch(), 0), 0));
      }
    }
    if (tail.has(frame.newest())) {
      return;
    }
    List<Message> messages = frame.messages();
    if (messages.isEmpty()) {
      unreadable.increment();
      goOn(tail, tail.compare(frame.newest()));
    } else {
      goOn(tail, tail.live(messages));
    }
  }

  /**
   * Follows one destination, from now on or as it is followed already. The channel must be
   * subscribed to.
   *
   * @throws PharosException UNAVAILABLE
   */
  void follow(Destination destination) {
    following.readLock().lock();
    try {
      Tail tail = tail(destination);
      if (tail.place() == null) {
        Place top = reader.tops(List.of(destination)).getFirst();
        if (top == null) {
          top = new Place(reader.history(destination, null, 0).top(), 0);
        }
        tail.begin(top);
        goOn(tail, tail.compare(top));
      }
    } finally {
      following.readLock().unlock();
    }
  }

  /** Follows what there is of a pattern. What is new is followed when its first message comes. */
  void follow(DestinationPattern pattern) {
    following.readLock().lock();
    try {
      List<Destination> matching = index.notedSince(0).stream().filter(pattern::matches).toList();
      follow(matching, top -> top);
      interests.complete(pattern);
    } finally {
      following.readLock().unlock();
    }
    followFresh();
  }

  /** Follows destinations that were made while nobody may have heard of it, from their start. */
  void discovered(List<Destination> destinations) {
    following.readLock().lock();
    try {
      List<Destination> wanted =
          destinations.stream()
              .filter(each -> !tails.containsKey(each) && interests.knowsAllLike(each))
              .toList();
      RedisUnavailable failure = null;
      for (List<Destination> group : reader.grouped(wanted, each -> each)) {
        try {
          follow(group, top -> new Place(new Position(top.position().epoch(), 0), 0));
        } catch (RedisUnavailable e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      following.readLock().unlock();
    }
  }

  private void follow(List<Destination> some, UnaryOperator<Place> begin) {
    if (some.isEmpty()) {
      return;
    }
    attention.begin(some);
    List<@Nullable Place> tops = reader.tops(some);
    for (int i = 0; i < some.size(); i++) {
      Place top = tops.get(i);
      if (top != null) {
        Tail tail = tail(some.get(i));
        tail.begin(begin.apply(top));
        goOn(tail, tail.compare(top));
      } else if (!tails.containsKey(some.get(i))) {
        attention.end(some.get(i));
      }
    }
  }

  /** Takes notice of destinations that were put into the index. Never blocks. */
  void noted(List<Destination> some) {
    boolean any = false;
    for (Destination each : some) {
      if (!tails.containsKey(each) && interests.wantsByWildcard(each)) {
        any |= fresh.add(each);
      }
    }
    if (any) {
      executor.execute(this::followFresh);
    }
  }

  private void followFresh() {
    fresh.removeIf(each -> !interests.wantsByWildcard(each));
    // What came before its pattern was complete waits for that.
    List<Destination> ready = fresh.stream().filter(interests::knowsAllLike).toList();
    ready.forEach(fresh::remove);
    try {
      discovered(ready);
    } catch (PharosException e) {
      // The next look at the index finds them.
    }
  }

  List<Tail> all() {
    return List.copyOf(tails.values());
  }

  void remove(Tail tail) {
    if (tails.remove(tail.destination(), tail)) {
      attention.end(tail.destination());
    }
  }

  /** Removes those that nobody wants, once nothing came for so long, or after so long anyway. */
  void letGo(long unwantedNanos) {
    following.writeLock().lock();
    try {
      long now = System.nanoTime();
      for (Tail tail : tails.values()) {
        boolean wanted = interests.wants(tail.destination());
        boolean quiet = now - tail.active() > unwantedNanos;
        if (tail.unwantedFor(wanted, now) > unwantedNanos || !wanted && quiet) {
          remove(tail);
        }
      }
    } finally {
      following.writeLock().unlock();
    }
  }

  /** Compares a tail with the newest position in Redis, and reads what is missing. */
  void compare(Tail tail, @Nullable Place top) {
    goOn(tail, tail.compare(top));
  }

  void close() {
    closed = true;
    tails.clear();
  }

  private Tail tail(Destination destination) {
    return tails.computeIfAbsent(destination, d -> new Tail(d, listener));
  }

  private void goOn(Tail tail, Tail.Next next) {
    if (next == Tail.Next.READ) {
      executor.execute(() -> catchUp(tail));
    }
  }

  private void catchUp(Tail tail) {
    readers.acquireUninterruptibly();
    try {
      Tail.Next next = Tail.Next.READ;
      while (next == Tail.Next.READ) {
        Place place = tail.place();
        if (closed || place == null) {
          tail.abandon();
          return;
        }
        History history = reader.follow(tail.destination(), place);
        next = tail.read(history);
      }
    } catch (PharosException e) {
      // Redis is away: once it is back, all tails are compared with it.
      tail.abandon();
    } catch (Throwable e) {
      // A tail that is being read for ever would hand out nothing any more.
      tail.abandon();
      LOG.log(Level.ERROR, "Reading " + tail.destination() + " failed", e);
    } finally {
      readers.release();
    }
  }
}
