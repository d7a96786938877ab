package io.pharos.cli.bench;

import io.pharos.cli.bench.measure.Tally;
import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.wire.WireException;
import io.pharos.cli.bench.wire.WireProtocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All clients. They connect a few at a time, so that a server's backlog does not overflow; all are
 * subscribed before anything is measured: whom the server has no room for tries again. On its
 * reactor's thread, but for what says otherwise.
 */
final class Fleet {
  /** How many handshakes may be under way at once. */
  private static final int WINDOW = 64;

  private static final long SECOND = 1_000_000_000;
  private static final double MEAN_STAY = 5e9;
  private static final long LONGEST_ABSENCE = 500_000_000;

  private final Load load;
  private final WireProtocol protocol;
  private final InetSocketAddress address;
  private final Reactor reactor;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private final SplittableRandom random = new SplittableRandom();
  private final Comeback comeback = new Comeback(random);
  private final Set<Subscriber> away = ConcurrentHashMap.newKeySet();
  private final TreeMap<String, Integer> lostReaders = new TreeMap<>();
  private final TreeMap<String, Integer> lostSlow = new TreeMap<>();
  private @Nullable Tally tally;
  private long churnUntil;
  private int opened;
  private volatile int subscribed;
  private int resumes;
  private volatile String refusal = "";
  private boolean closing;

  Fleet(Load load, WireProtocol protocol, Reactor reactor) {
    this.load = load;
    this.protocol = protocol;
    this.reactor = reactor;
    this.address = protocol.target().address();
    for (int i = 0; i < load.clients(); i++) {
      subscribers.add(new Subscriber(i, this));
    }
  }

  /** Connects everybody. From any thread. */
  CompletableFuture<Void> connect() {
    reactor.execute(this::openNext);
    return complete;
  }

  /** How many are subscribed. From any thread. */
  int subscribedCount() {
    return subscribed;
  }

  /**
   * What the server said to those it had no room for, since somebody got in; empty if nothing. From
   * any thread.
   */
  String refusal() {
    return refusal;
  }

  /** How many the server has lost that are trying to come back. From any thread. */
  int away() {
    return away.size();
  }

  /** The clients that do not read. From any thread. */
  List<Subscriber> slow() {
    return subscribers.stream().filter(Subscriber::isSlow).toList();
  }

  /** Begins to count and, where the load says so, to drop and resume until the given time. */
  void begin(Tally counting, long until) {
    tally = counting;
    if (load.churn() == Load.Churn.DROP_AND_RESUME) {
      churnUntil = until;
      for (Subscriber subscriber : subscribers) {
        if (!subscriber.isSlow()) {
          dropLater(subscriber);
        }
      }
    }
  }

  /** Lets the slow clients read what was left lying, to learn what became of them. */
  void wakeSlow() {
    subscribers.stream().filter(Subscriber::isSlow).forEach(Subscriber::readAgain);
  }

  /** From now on, connections that end are no news. */
  FleetSummary end() {
    closing = true;
    return new FleetSummary(
        load.clients() - load.slow(),
        resumes,
        comeback.returned(),
        (int) subscribers.stream().filter(s -> !s.isSlow() && !s.isLive()).count(),
        comeback.longestAbsenceSeconds(),
        new TreeMap<>(lostReaders),
        new TreeMap<>(lostSlow));
  }

  Load load() {
    return load;
  }

  WireProtocol protocol() {
    return protocol;
  }

  InetSocketAddress address() {
    return address;
  }

  Reactor reactor() {
    return reactor;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the reactor's thread counts.
  void subscribed() {
    subscribed++;
    refusal = "";
    if (subscribed == load.clients()) {
      complete.complete(null);
    } else {
      openNext();
    }
  }

  void delivered(int client, int publication, long intended, long liveFrom) {
    if (tally != null) {
      tally.delivered(client, publication, intended, reactor.arrival(), liveFrom);
    }
  }

  void gap(int client) {
    if (tally != null) {
      tally.gap(client);
    }
  }

  /** A client that had been lost is subscribed again, after so many nanoseconds. */
  void returned(Subscriber subscriber, long absence) {
    comeback.returned(absence);
    away.remove(subscriber);
  }

  /**
   * A connection ended, and not by the client's will.
   *
   * @param attempts to come back that have failed before this one
   */
  void lost(Subscriber subscriber, String why, Exception cause, int attempts) {
    if (closing) {
      return;
    }
    if (!complete.isDone()) {
      if (cause instanceof WireException answer && answer.isOverload()) {
        refusal = ": " + why;
        long pause = Math.max(comeback.pause(attempts), answer.retryAfter() * SECOND);
        reactor.at(System.nanoTime() + pause, subscriber::open);
        return;
      }
      complete.completeExceptionally(new BenchException(kind(cause), "a client: " + why));
      return;
    }
    if (attempts == 0) {
      (subscriber.isSlow() ? lostSlow : lostReaders).merge(why, 1, Integer::sum);
    }
    if (comesBack(subscriber, cause)) {
      away.add(subscriber);
      reactor.at(System.nanoTime() + comeback.pause(attempts), subscriber::open);
    } else {
      away.remove(subscriber);
    }
  }

  /** A client whose token the server does not accept would be refused for ever. */
  private boolean comesBack(Subscriber subscriber, Exception cause) {
    return load.churn() != Load.Churn.STAY
        && !subscriber.isSlow()
        && kind(cause) != BenchException.Kind.NOT_AUTHORISED;
  }

  private void openNext() {
    while (opened < load.clients() && opened - subscribed < WINDOW && !complete.isDone()) {
      Subscriber next = subscribers.get(opened);
      opened++;
      next.open();
    }
  }

  private void dropLater(Subscriber subscriber) {
    double stay = -Math.log(1 - random.nextDouble()) * MEAN_STAY;
    long at = System.nanoTime() + (long) stay;
    if (at < churnUntil) {
      reactor.at(
          at,
          () -> {
            if (subscriber.drop()) {
              resumes++;
              resumeLater(subscriber);
            }
            dropLater(subscriber);
          });
    }
  }

  private void resumeLater(Subscriber subscriber) {
    reactor.at(System.nanoTime() + random.nextLong(LONGEST_ABSENCE), subscriber::open);
  }

  private static BenchException.Kind kind(Exception cause) {
    if (cause instanceof WireException wire) {
      return wire.status() == 401 || wire.status() == 403
          ? BenchException.Kind.NOT_AUTHORISED
          : BenchException.Kind.FAILED;
    }
    return BenchException.Kind.CANNOT_CONNECT;
  }
}
