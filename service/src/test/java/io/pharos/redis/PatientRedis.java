package io.pharos.redis;

import io.pharos.broker.Broker;
import io.pharos.broker.HistoryLimits;
import io.pharos.message.Destination;
import io.pharos.presence.Members;
import io.pharos.presence.NodeView;
import io.pharos.queue.QueueLimits;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.WorkQueues;
import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * What a node has in Redis, under a prefix of its own, with all the time that a busy machine needs
 * to answer. A server in use would call Redis away instead, and the call would fail.
 */
public final class PatientRedis {
  private static final RedisTimings TIMINGS =
      new RedisTimings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  private final RedisUrl url;
  private final String prefix = RedisProcess.newPrefix();

  public PatientRedis(RedisUrl url) {
    this.url = url;
  }

  /** Not started. */
  public Broker broker(Function<Destination, HistoryLimits> limits) {
    return new RedisBroker(url, prefix, limits, TIMINGS);
  }

  /** Not started. */
  public Members members(NodeView view, Broker broker) {
    return new RedisMembers(url, prefix, view, broker, TIMINGS, MemberTimings.DEFAULT);
  }

  /** Started. */
  public WorkQueues queues(QueueLimits limits) {
    var queues =
        new RedisWorkQueues(url, prefix, limits, QueueMetrics.NONE, TIMINGS, QueueTimings.DEFAULT);
    queues.start();
    return queues;
  }

  /** Puts a queue's clock forward: it never goes behind the time of the queue's newest message. */
  public void elapse(Destination queue, Duration time) {
    try (Servers servers = Servers.of(url, TIMINGS);
        Calls calls = servers.calls("test")) {
      servers.start();
      calls.start();
      calls.call(
          new CommandArguments(Command.HINCRBY)
              .key(new Names(prefix).queue("queue", queue))
              .add("t")
              .add(time.toMillis()));
    }
  }
}
