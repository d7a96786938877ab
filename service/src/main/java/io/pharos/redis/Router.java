package io.pharos.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Brings a caller's things to the shards that have their slots, all at once, and again where a
 * shard has sent them on or could not do them yet, until the caller's time is over. Nothing that
 * may have been done is sent again.
 */
final class Router<T> {
  /** Hops without a pause; whoever is sent on more often waits for the cluster to agree. */
  private static final int HOPS = 3;

  /** What a caller wants done: some things, each of one slot, and tasks of which some make one. */
  interface Errand<T> {
    int count();

    /** A thing's slot; negative when any shard will do. */
    int slot(int thing);

    /** Which of those that are not done yet may be sent now; at least the first. */
    default List<Integer> next(List<Integer> left) {
      return left;
    }

    /** A task of these things for one server. */
    T task(List<Integer> things, boolean asking);

    /** What came of the n-th thing of a task that was done. */
    @Nullable Object answer(T task, int n);

    /** A thing is done, or refused for good. */
    void done(int thing, @Nullable Object answer);
  }

  private record Parcel<T>(Route route, List<Integer> things, T task, Job<T> job) {}

  private final SlotMap slots;
  private final Lanes<T> lanes;
  private final Duration patience;

  Router(SlotMap slots, Lanes<T> lanes, Duration patience) {
    this.slots = slots;
    this.lanes = lanes;
    this.patience = patience;
  }

  /**
   * Returns when everything is done.
   *
   * @throws RedisUnavailable when something is not; other things may be
   */
  void run(Errand<T> errand) {
    new Run(errand).toTheEnd();
  }

  /** One caller's errand. */
  private final class Run {
    private final Errand<T> errand;
    private final long deadline = System.nanoTime() + patience.toNanos();
    private final Backoff backoff = new Backoff(Duration.ofMillis(200));
    private final Map<Integer, Route> detours = new HashMap<>();
    private final SortedSet<Integer> left = new TreeSet<>();
    private @Nullable RedisUnavailable obstacle;
    private boolean pause;

    Run(Errand<T> errand) {
      this.errand = errand;
      for (int thing = 0; thing < errand.count(); thing++) {
        left.add(thing);
      }
    }

    void toTheEnd() {
      int hops = 0;
      while (!left.isEmpty()) {
        pause = false;
        obstacle = null;
        RedisUnavailable failure = null;
        for (Parcel<T> parcel : send(errand.next(List.copyOf(left)))) {
          try {
            receive(parcel);
          } catch (RedisUnavailable e) {
            failure = e;
          }
        }
        if (failure != null) {
          throw failure;
        }
        RedisUnavailable why = obstacle;
        if (why != null) {
          long remaining = deadline - System.nanoTime();
          if (remaining <= 0 || Thread.currentThread().isInterrupted()) {
            throw why;
          }
          hops++;
          if (pause || hops > HOPS) {
            slots.refresh();
            LockSupport.parkNanos(Math.min(remaining, backoff.nextNanos()));
          }
        }
      }
    }

    private List<Parcel<T>> send(List<Integer> things) {
      Map<Route, List<Integer>> byRoute = new LinkedHashMap<>();
      for (int thing : things) {
        Route route = route(thing);
        if (route == null) {
          obstruct(RedisUnavailable.unreachable(slots.unowned()), true);
        } else {
          byRoute.computeIfAbsent(route, r -> new ArrayList<>()).add(thing);
        }
      }
      var parcels = new ArrayList<Parcel<T>>();
      byRoute.forEach(
          (route, some) -> {
            T task = errand.task(some, route.asking());
            parcels.add(new Parcel<>(route, some, task, lanes.submit(route.server(), task)));
          });
      return parcels;
    }

    private @Nullable Route route(int thing) {
      Route detour = detours.remove(thing);
      if (detour != null) {
        return detour;
      }
      int slot = errand.slot(thing);
      HostAndPort owner =
          slot < 0 ? slots.shards().stream().findFirst().orElse(null) : slots.owner(slot);
      return owner == null ? null : new Route(owner, false);
    }

    private void receive(Parcel<T> parcel) {
      try {
        parcel.job().await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      } catch (RedisUnavailable e) {
        if (!e.nothingStored()) {
          slots.refresh();
          throw e;
        }
        obstruct(e, true);
        return;
      }
      for (int n = 0; n < parcel.things().size(); n++) {
        int thing = parcel.things().get(n);
        Object answer = errand.answer(parcel.task(), n);
        if (!(answer instanceof JedisDataException error)
            || !sentOn(thing, error, parcel.route())) {
          errand.done(thing, answer);
          left.remove(thing);
        }
      }
    }

    /** Whether the server has done nothing, and the thing is to be sent again. */
    private boolean sentOn(int thing, JedisDataException error, Route from) {
      switch (error) {
        case JedisMovedDataException moved -> {
          HostAndPort to = named(moved.getTargetNode(), from.server());
          slots.moved(moved.getSlot(), to);
          detours.put(thing, new Route(to, false));
          obstruct(RedisUnavailable.refused(error), false);
        }
        case JedisAskDataException ask -> {
          detours.put(thing, new Route(named(ask.getTargetNode(), from.server()), true));
          obstruct(RedisUnavailable.refused(error), false);
        }
        default -> {
          if (!RedisUnavailable.isPassing(error)) {
            return false;
          }
          obstruct(RedisUnavailable.refused(error), true);
        }
      }
      return true;
    }

    private void obstruct(RedisUnavailable why, boolean wait) {
      obstacle = why;
      pause |= wait;
    }
  }

  /** A server that does not know another one's name says nothing: it is the same. */
  static HostAndPort named(HostAndPort target, HostAndPort from) {
    return target.getHost().isEmpty() ? new HostAndPort(from.getHost(), target.getPort()) : target;
  }
}
