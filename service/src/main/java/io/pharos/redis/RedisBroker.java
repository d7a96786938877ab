package io.pharos.redis;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerListener;
import io.pharos.broker.History;
import io.pharos.broker.HistoryLimits;
import io.pharos.broker.Interest;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The shared log of any number of nodes, in Redis 6.2 or later. It starts whether Redis is there or
 * not; while Redis is away every call fails within two seconds, and once it is back the listener is
 * handed what it missed, or told what is lost.
 */
public final class RedisBroker implements Broker {
  private static final Executor EXECUTOR = task -> Thread.ofVirtual().start(task);

  private final Names names;
  private final LogSettings settings;
  private final RedisTimings timings;
  private final Servers servers;
  private final PublishLine publishLine;
  private final Calls calls;
  private final Index index;
  private final LogReader reader;
  private final Interests interests = new Interests();
  private volatile @Nullable Running running;

  private record Running(Tails tails, Subscriber subscriber, Watch watch) {}

  /**
   * @param prefix what the names of all keys and channels begin with: nodes with the same one share
   *     their logs
   * @param limits how much each destination retains
   */
  public RedisBroker(RedisUrl url, String prefix, Function<Destination, HistoryLimits> limits) {
    this(url, prefix, limits, RedisTimings.DEFAULT);
  }

  RedisBroker(
      RedisUrl url,
      String prefix,
      Function<Destination, HistoryLimits> limits,
      RedisTimings timings) {
    this.names = new Names(prefix);
    this.settings = new LogSettings(limits);
    this.timings = timings;
    this.servers = Servers.of(url, timings);
    publishLine = servers.publishLine(new PublishCalls(names, settings, servers.dialect()));
    calls = servers.calls("reader");
    index = new Index(names, calls, servers.dialect(), EXECUTOR);
    reader = new LogReader(calls, servers, names, settings, index);
  }

  /** Whether names in Redis may begin so: 1 to 64 letters, digits and {@code . _ : -}. */
  public static boolean isPrefix(String prefix) {
    return Names.isPrefix(prefix);
  }

  @Override
  public void start(BrokerListener listener) {
    Subscriber subscriber = servers.subscriber();
    Attention attention = servers.dialect().attention(subscriber, names);
    var tails = new Tails(reader, index, interests, attention, listener, EXECUTOR);
    var watch = new Watch(tails, interests, reader, index, timings);
    servers.start();
    publishLine.start();
    calls.start();
    subscriber.start(new Hearing(tails, watch, index.channel().name()));
    watch.start();
    running = new Running(tails, subscriber, watch);
  }

  @Override
  public List<Published> publish(List<Publication> publications) {
    running();
    if (publications.isEmpty()) {
      return List.of();
    }
    var task = new PublishTask(publications);
    try {
      publishLine.publish(task);
      return task.answers();
    } catch (RedisUnavailable e) {
      throw e.ofPublication();
    } finally {
      index.note(task.unnoted());
    }
  }

  @Override
  public History history(Destination destination, @Nullable Position after, int limit) {
    running();
    return reader.history(destination, after, limit);
  }

  @Override
  public List<History> bounds(List<Destination> destinations) {
    running();
    return reader.bounds(destinations);
  }

  @Override
  public boolean retains(Destination destination) {
    return settings.limits(destination).size() > 0;
  }

  @Override
  public List<Destination> destinations(DestinationPattern pattern) {
    running();
    if (pattern.isLiteral()) {
      Destination destination = Destination.of(pattern.value());
      return reader.exists(destination) ? List.of(destination) : List.of();
    }
    return index.notedSince(0).stream().filter(pattern::matches).toList();
  }

  @Override
  public Interest subscribe(DestinationPattern pattern) {
    Running now = running();
    Channel channel = servers.dialect().channel(names.channel(pattern), index.channel());
    interests.add(pattern);
    var open = new AtomicBoolean(true);
    try {
      now.subscriber().claim(List.of(channel));
    } catch (PharosException e) {
      interests.remove(pattern);
      throw e;
    }
    Interest interest =
        () -> {
          if (open.getAndSet(false)) {
            interests.remove(pattern);
            now.subscriber().release(channel);
          }
        };
    try {
      if (pattern.isLiteral()) {
        now.tails().follow(Destination.of(pattern.value()));
      } else {
        now.tails().follow(pattern);
      }
    } catch (PharosException e) {
      interest.close();
      throw e;
    }
    return interest;
  }

  @Override
  public void check() {
    Running now = running();
    reader.probe();
    if (!now.subscriber().isSettled()) {
      throw RedisUnavailable.unconfirmed(
          new JedisConnectionException("the listening connection is being made"));
    }
  }

  /** Whether everything that is wanted is listened to, as far as is known. */
  boolean isListening() {
    Running now = running;
    return now != null && now.subscriber().isSettled();
  }

  @Override
  public long unreadable() {
    Running now = running;
    return reader.unreadable() + (now == null ? 0 : now.tails().unreadable());
  }

  @Override
  public void close() {
    Running now = running;
    running = null;
    if (now != null) {
      now.subscriber().close();
      now.watch().close();
      now.tails().close();
      publishLine.close();
      calls.close();
      servers.close();
    }
  }

  private Running running() {
    Running now = running;
    if (now == null) {
      throw new PharosException(PharosException.Code.UNAVAILABLE, "the broker is not running");
    }
    return now;
  }
}
