package io.pharos.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Which primary of a cluster has which slot, as far as is known. A thread asks the cluster now and
 * then, and soon after somebody has found the map to be wrong.
 */
final class SlotMap implements AutoCloseable {
  static final int SLOTS = 16_384;

  private static final Logger LOG = System.getLogger(SlotMap.class.getName());

  /** No more often than that is anybody asked. */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final RedisUrl url;
  private final RedisTimings timings;
  private final AtomicReferenceArray<HostAndPort> owners = new AtomicReferenceArray<>(SLOTS);
  private final Semaphore wanted = new Semaphore(0);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().name("pharos-redis-slots").daemon().unstarted(this::run);
  private volatile Set<HostAndPort> shards = Set.of();
  private volatile Set<HostAndPort> servers = Set.of();

  /** The one that was last said to have got a slot: it knows best. */
  private volatile @Nullable HostAndPort informed;

  private volatile @Nullable RuntimeException problem;

  private volatile boolean closed;

  SlotMap(RedisUrl url, RedisTimings timings) {
    this.url = url;
    this.timings = timings;
  }

  void start() {
    thread.start();
  }

  /** Is run, by any thread, after the map has changed; must not block for long. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Which primary has a slot; null when that is not known. */
  @Nullable HostAndPort owner(int slot) {
    return owners.get(slot);
  }

  /** Why a slot has no owner that is known: what came of asking for the last time, if it failed. */
  JedisException unowned() {
    return new JedisConnectionException("nobody is known to have the slot", problem);
  }

  /** The primaries that have slots. */
  Set<HostAndPort> shards() {
    return shards;
  }

  /** Takes a server's word that another one has the slot now. */
  void moved(int slot, HostAndPort to) {
    informed = to;
    if (!to.equals(owners.getAndSet(slot, to))) {
      if (!shards.contains(to)) {
        var more = new LinkedHashSet<>(shards);
        more.add(to);
        shards = Set.copyOf(more);
      }
      changed();
      refresh();
    }
  }

  /** Has the cluster asked soon. */
  void refresh() {
    wanted.release();
  }

  private void run() {
    var backoff = new Backoff(timings.retry());
    boolean away = false;
    while (!closed) {
      try {
        wanted.drainPermits();
        read();
        if (away) {
          LOG.log(Level.INFO, "The Redis cluster answers again");
        }
        away = false;
        problem = null;
        backoff.reset();
        LockSupport.parkNanos(PAUSE);
        var unused =
            wanted.tryAcquire(timings.check().multipliedBy(4).toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // Only closing interrupts, and has said so.
      } catch (RuntimeException e) {
        problem = e;
        if (!away && !closed) {
          LOG.log(Level.WARNING, "No node of the Redis cluster answers: {0}", e.getMessage());
        }
        away = true;
        LockSupport.parkNanos(backoff.nextNanos());
      }
    }
  }

  /** Asks one server after the other until one sees the whole cluster. */
  private void read() {
    List<?> partial = null;
    HostAndPort partialFrom = null;
    JedisException last = new JedisConnectionException("no node is known");
    for (HostAndPort server : candidates()) {
      try (Wire wire = Wire.open(url, server, "pharos-slots", timings.connect())) {
        boolean well = text(call(wire, "INFO")).contains("cluster_state:ok");
        List<?> answer = (List<?>) Objects.requireNonNull(call(wire, "SLOTS"));
        if (well) {
          take(answer, server);
          return;
        }
        partial = answer;
        partialFrom = server;
      } catch (JedisException e) {
        last = e;
      }
    }
    if (partial == null || partialFrom == null) {
      throw last;
    }
    take(partial, partialFrom);
  }

  private static @Nullable Object call(Wire wire, String question) {
    return wire.call(new CommandArguments(Command.CLUSTER).add(question));
  }

  private Set<HostAndPort> candidates() {
    var candidates = new LinkedHashSet<HostAndPort>();
    HostAndPort first = informed;
    if (first != null) {
      candidates.add(first);
      informed = null;
    }
    var known = new ArrayList<>(servers);
    Collections.shuffle(known);
    candidates.addAll(known);
    candidates.addAll(url.hosts());
    return candidates;
  }

  private void take(List<?> ranges, HostAndPort from) {
    var newOwners = new HostAndPort[SLOTS];
    var newShards = new LinkedHashSet<HostAndPort>();
    var newServers = new LinkedHashSet<HostAndPort>();
    for (Object each : ranges) {
      List<?> range = (List<?>) each;
      int begin = ((Long) range.get(0)).intValue();
      int end = ((Long) range.get(1)).intValue();
      for (int i = 2; i < range.size(); i++) {
        HostAndPort server = address((List<?>) range.get(i), from);
        newServers.add(server);
        if (i == 2) {
          newShards.add(server);
          Arrays.fill(newOwners, begin, end + 1, server);
        }
      }
    }
    boolean different = !newShards.equals(shards);
    for (int slot = 0; slot < SLOTS; slot++) {
      different |= !Objects.equals(owners.getAndSet(slot, newOwners[slot]), newOwners[slot]);
    }
    shards = Set.copyOf(newShards);
    servers = Set.copyOf(newServers);
    if (different) {
      changed();
    }
  }

  /** A server that does not know its own name is where it was asked. */
  private static HostAndPort address(List<?> node, HostAndPort asked) {
    String host = text(node.get(0));
    int port = ((Long) node.get(1)).intValue();
    return new HostAndPort(host.isEmpty() || host.equals("?") ? asked.getHost() : host, port);
  }

  private void changed() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "Following the Redis cluster failed", e);
      }
    }
  }

  private static String text(@Nullable Object answer) {
    return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
