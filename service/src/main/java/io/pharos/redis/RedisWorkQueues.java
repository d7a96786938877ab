package io.pharos.redis;

import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.queue.DeadLetters;
import io.pharos.queue.LeaseListener;
import io.pharos.queue.QueueConsumer;
import io.pharos.queue.QueueLimits;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.QueueStatus;
import io.pharos.queue.WorkQueues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The work queues of any number of nodes, in Redis 6.2 or later: a stream with one consumer group
 * for each queue, in which every node is a consumer that takes for its own. Each node has a lease
 * on what it holds, for as long as it looks at the queue; what a dead node held goes to the others.
 */
public final class RedisWorkQueues implements WorkQueues {
  private final Servers servers;
  private final Calls commands;
  private final QueueCalls calls;
  private final QueuePublishing publishing;
  private final QueueMetrics metrics;
  private final QueueTimings timings;
  private final Subscriber subscriber;
  private final Executor executor = task -> Thread.ofVirtual().start(task);
  private final ConcurrentMap<Destination, ConsumedQueue> consumed = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pharos-redis-queues-timer").daemon().factory());
  private volatile boolean closed;

  /**
   * @param prefix what the names of all keys and channels begin with: nodes with the same one share
   *     their queues
   */
  public RedisWorkQueues(RedisUrl url, String prefix, QueueLimits limits, QueueMetrics metrics) {
    this(url, prefix, limits, metrics, RedisTimings.DEFAULT, QueueTimings.DEFAULT);
  }

  RedisWorkQueues(
      RedisUrl url,
      String prefix,
      QueueLimits limits,
      QueueMetrics metrics,
      RedisTimings redis,
      QueueTimings timings) {
    this.metrics = metrics;
    this.timings = timings;
    servers = Servers.of(url, redis);
    commands = servers.calls("queues");
    calls =
        new QueueCalls(commands, new Names(prefix), servers.dialect(), limits, timings, metrics);
    publishing = new QueuePublishing(calls);
    subscriber = servers.subscriber();
  }

  /** Begins. Whether Redis is there or not does not matter. */
  public void start() {
    servers.start();
    commands.start();
    subscriber.start(
        new Subscriber.Receiver() {
          @Override
          public void received(byte[] channel, byte[] payload) {
            wake(payload);
          }

          @Override
          public void settled() {
            consumed.values().forEach(ConsumedQueue::wake);
          }
        });
    long look = timings.look().toMillis();
    var unused = timer.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
  }

  private void look() {
    consumed.forEach(
        (name, queue) -> {
          if (queue.look()) {
            consumed.remove(name, queue);
          }
        });
  }

  private void wake(byte[] name) {
    try {
      var queue = consumed.get(Destination.of(new String(name, StandardCharsets.UTF_8)));
      if (queue != null) {
        queue.wake();
      }
    } catch (PharosException e) {
      // Not published by us.
    }
  }

  @Override
  public List<Published> publish(List<Publication> publications) {
    checkOpen();
    publications.forEach(each -> DeadLetters.checkName(each.destination()));
    try {
      return publications.isEmpty() ? List.of() : publishing.publish(publications);
    } catch (RedisUnavailable e) {
      throw e.ofPublication();
    }
  }

  @Override
  public QueueConsumer attach(Destination name, int window, LeaseListener listener) {
    checkOpen();
    DeadLetters.checkName(name);
    calls.notice(name);
    Channel channel = calls.channel(name);
    subscriber.claim(List.of(channel));
    while (true) {
      ConsumedQueue queue =
          consumed.computeIfAbsent(name, each -> new ConsumedQueue(each, calls, metrics, executor));
      var consumer = new RedisConsumer(queue, window, listener, () -> subscriber.release(channel));
      if (queue.attach(consumer)) {
        return consumer;
      }
    }
  }

  @Override
  public List<QueueStatus> status() {
    checkOpen();
    return calls.status().stream()
        .filter(each -> each.depth() + each.pending() + each.consumers() > 0)
        .toList();
  }

  @Override
  public void check() {
    checkOpen();
    calls.probe();
  }

  private void checkOpen() {
    if (closed) {
      throw new PharosException(PharosException.Code.UNAVAILABLE, "the queues are closed");
    }
  }

  /** Gives back what this node's consumers hold, as far as Redis is there, and ends. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      timer.shutdownNow();
      consumed.values().forEach(ConsumedQueue::close);
      disconnect();
    }
  }

  /** Ends as if the process were killed: whatever is held stays held. */
  void crash() {
    closed = true;
    timer.shutdownNow();
    disconnect();
  }

  private void disconnect() {
    subscriber.close();
    commands.close();
    servers.close();
  }
}
