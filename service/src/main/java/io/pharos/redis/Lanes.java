package io.pharos.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.HostAndPort;

/**
 * A worker and its connection for each server that something is sent to: a server that does not
 * answer holds up nobody who wants something of another one.
 */
final class Lanes<T> implements AutoCloseable {
  private record Lane<T>(CommandLink link, Worker<T> worker) {
    void close() {
      worker.close();
      link.close();
    }
  }

  private final Function<HostAndPort, CommandLink> links;
  private final Function<HostAndPort, String> threads;
  private final Function<CommandLink, Consumer<List<Job<T>>>> work;
  private final RedisTimings timings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<HostAndPort, Lane<T>> lanes = new HashMap<>();
  private boolean closed;

  /**
   * @param name what Redis lists the connections as, after {@code pharos-}
   * @param work what a worker does, given its connection
   */
  Lanes(
      Function<HostAndPort, Connector> connectors,
      String name,
      RedisTimings timings,
      Function<CommandLink, Consumer<List<Job<T>>>> work) {
    this.links = server -> new CommandLink(connectors.apply(server), "pharos-" + name);
    this.threads = server -> "pharos-redis-" + name + "-" + server;
    this.work = work;
    this.timings = timings;
  }

  /** Has a server do something soon. */
  Job<T> submit(HostAndPort server, T task) {
    Lane<T> lane;
    lock.lock();
    try {
      if (closed) {
        throw RedisUnavailable.unreachable(new IllegalStateException("the broker is closed"));
      }
      lane = lanes.computeIfAbsent(server, this::open);
    } finally {
      lock.unlock();
    }
    return lane.worker().submit(task);
  }

  private Lane<T> open(HostAndPort server) {
    CommandLink link = links.apply(server);
    var worker =
        new Worker<>(
            threads.apply(server),
            timings.call(),
            work.apply(link),
            () -> link.cutOff(timings.call()));
    worker.start();
    return new Lane<>(link, worker);
  }

  /** Closes the connections to all other servers. */
  void keep(Set<HostAndPort> servers) {
    var gone = new ArrayList<Lane<T>>();
    lock.lock();
    try {
      lanes
          .entrySet()
          .removeIf(
              entry -> {
                boolean over = !servers.contains(entry.getKey());
                if (over) {
                  gone.add(entry.getValue());
                }
                return over;
              });
    } finally {
      lock.unlock();
    }
    // Ending a worker waits for what it does.
    gone.forEach(lane -> Thread.ofVirtual().start(lane::close));
  }

  @Override
  public void close() {
    List<Lane<T>> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(lanes.values());
      lanes.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(Lane::close);
  }
}
