package io.pharos.redis;

import static java.util.stream.Collectors.groupingBy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection that listens. One thread reads and connects again, for as long as this is open; one
 * thread writes what changed about the channels, and a ping now and then: a connection on which
 * nothing comes for the time of a ping and its answer is dead, and is replaced.
 */
final class Ear implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Ear.class.getName());

  /** Channels that one command names. */
  private static final int MOST = 512;

  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);

  /** What else must know how it goes. */
  interface Surroundings {
    /** Where the connection's end means no more than connecting again. */
    Surroundings NONE =
        new Surroundings() {
          @Override
          public boolean refused(JedisDataException error) {
            return false;
          }

          @Override
          public void unsettled() {
            // It will be back.
          }
        };

    /** Redis has refused something; false when only a new connection can help. */
    boolean refused(JedisDataException error);

    /** The connection was lost, or a channel on it. */
    void unsettled();
  }

  private final Connector connector;
  private final RedisTimings timings;
  private final ChannelClaims.Lane lane;
  private final Subscriber.Receiver receiver;
  private final Surroundings surroundings;
  private final Thread reader =
      Thread.ofPlatform().name("pharos-redis-listener").daemon().unstarted(this::read);
  private final Thread writer =
      Thread.ofPlatform().name("pharos-redis-channels").daemon().unstarted(this::write);
  private volatile @Nullable Wire wire;
  private volatile boolean closed;

  Ear(
      Connector connector,
      RedisTimings timings,
      ChannelClaims.Lane lane,
      Subscriber.Receiver receiver,
      Surroundings surroundings) {
    this.connector = connector;
    this.timings = timings;
    this.lane = lane;
    this.receiver = receiver;
    this.surroundings = surroundings;
  }

  void start() {
    reader.start();
    writer.start();
  }

  private void read() {
    var backoff = new Backoff(timings.retry());
    boolean away = false;
    while (!closed) {
      Wire open = null;
      try {
        open = connector.open("pharos-listener");
        open.readTimeout(timings.ping().plus(timings.pong()));
        wire = open;
        lane.connected();
        if (away) {
          LOG.log(Level.INFO, "Listening to Redis at {0} again", open.address());
        }
        away = false;
        while (!closed) {
          handle(open.read());
          backoff.reset();
        }
      } catch (Throwable e) {
        if (!closed && !away) {
          LOG.log(Level.WARNING, "Not listening to Redis any more: {0}", e.toString());
        }
        away = true;
      }
      wire = null;
      lane.disconnected();
      if (open != null) {
        open.close();
      }
      if (!closed) {
        surroundings.unsettled();
        LockSupport.parkNanos(backoff.nextNanos());
      }
    }
  }

  private void handle(@Nullable Object read) {
    if (read instanceof JedisDataException error && !surroundings.refused(error)) {
      throw error;
    }
    if (!(read instanceof List<?> parts) || !(parts.getFirst() instanceof byte[] type)) {
      return;
    }
    switch (new String(type, StandardCharsets.US_ASCII)) {
      case "message", "smessage" -> received(parts.get(1), parts.get(2));
      case "pmessage" -> received(parts.get(2), parts.get(3));
      case "subscribe" -> confirmed(parts, Channel.Kind.EXACT);
      case "psubscribe" -> confirmed(parts, Channel.Kind.GLOB);
      case "ssubscribe" -> confirmed(parts, Channel.Kind.SHARDED);
      case "sunsubscribe" -> ended(parts);
      default -> {
        // Pongs, and the end of subscriptions.
      }
    }
  }

  private void confirmed(List<?> parts, Channel.Kind kind) {
    var name = new String((byte[]) parts.get(1), StandardCharsets.UTF_8);
    if (lane.confirmed(new Channel(name, kind))) {
      guarded(receiver::settled);
    }
  }

  /** Asked for, or the server has given the channel's slot away. */
  private void ended(List<?> parts) {
    if (parts.get(1) instanceof byte[] name
        && lane.withdrawn(
            new Channel(new String(name, StandardCharsets.UTF_8), Channel.Kind.SHARDED))) {
      surroundings.unsettled();
    }
  }

  private void received(Object channel, Object payload) {
    guarded(() -> receiver.received((byte[]) channel, (byte[]) payload));
  }

  /** Nothing that a receiver throws may end the listening. */
  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "Handing out a message failed", e);
    }
  }

  private void write() {
    long pinged = System.nanoTime();
    while (!closed) {
      Wire open = null;
      try {
        ChannelClaims.Changes changes = lane.await(TICK);
        open = wire;
        if (open == null) {
          continue;
        }
        boolean ping = System.nanoTime() - pinged > timings.ping().toNanos();
        if (ping) {
          pinged = System.nanoTime();
          open.send(new CommandArguments(Command.PING));
        }
        send(open, changes);
        if (ping || !changes.isEmpty()) {
          open.flush();
        }
      } catch (InterruptedException e) {
        // Only closing interrupts, and has said so.
      } catch (JedisException e) {
        // The reader finds out, and connects again.
        if (open != null) {
          open.close();
        }
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "Changing subscriptions failed", e);
        if (open != null) {
          open.close();
        }
      }
    }
  }

  private static void send(Wire open, ChannelClaims.Changes changes) {
    for (Channel.Kind kind : Channel.Kind.values()) {
      send(open, kind, kind.subscribe(), changes.subscribe());
      send(open, kind, kind.unsubscribe(), changes.unsubscribe());
    }
  }

  private static void send(Wire open, Channel.Kind kind, Command command, List<Channel> channels) {
    Map<Object, List<Channel>> together =
        channels.stream()
            .filter(channel -> channel.kind() == kind)
            .collect(groupingBy(Channel::togetherWith));
    for (List<Channel> group : together.values()) {
      for (int from = 0; from < group.size(); from += MOST) {
        var arguments = new CommandArguments(command);
        group
            .subList(from, Math.min(group.size(), from + MOST))
            .forEach(channel -> arguments.add(channel.name()));
        open.send(arguments);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Wire open = wire;
    if (open != null) {
      open.close();
    }
    writer.interrupt();
    LockSupport.unpark(reader);
  }
}
