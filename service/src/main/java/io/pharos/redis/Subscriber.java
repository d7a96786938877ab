package io.pharos.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The connection that listens. One thread reads and connects again, for as long as this is open;
 * one thread writes what changed about the channels, and a ping now and then: a connection on which
 * nothing comes for the time of a ping and its answer is dead, and is replaced.
 */
final class Subscriber implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Subscriber.class.getName());

  /** Channels that one command names. */
  private static final int MOST = 512;

  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);

  /** Takes what comes. Called by the reading thread: must not block. */
  interface Receiver {
    /** A message came. */
    void received(byte[] payload);

    /** Redis has confirmed every channel that is wanted, perhaps after some time without. */
    void settled();
  }

  private final Connector connector;
  private final RedisTimings timings;
  private final Receiver receiver;
  private final ChannelClaims claims;
  private final Thread reader =
      Thread.ofPlatform().name("pharos-redis-listener").daemon().unstarted(this::read);
  private final Thread writer =
      Thread.ofPlatform().name("pharos-redis-channels").daemon().unstarted(this::write);
  private volatile @Nullable Wire wire;
  private volatile boolean closed;

  Subscriber(Connector connector, RedisTimings timings, Receiver receiver) {
    this.connector = connector;
    this.timings = timings;
    this.receiver = receiver;
    this.claims = new ChannelClaims(timings.linger().toNanos());
  }

  void start() {
    reader.start();
    writer.start();
  }

  /**
   * Wants a channel, and returns when Redis has confirmed that.
   *
   * @throws RedisUnavailable when it does not within the time of a call; then it is not wanted
   */
  void claim(Channel channel) {
    CompletableFuture<@Nullable Void> confirmed = claims.claim(channel);
    try {
      confirmed.get(timings.call().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      claims.release(channel);
      throw RedisUnavailable.unconfirmed(e);
    } catch (InterruptedException e) {
      claims.release(channel);
      Thread.currentThread().interrupt();
      throw RedisUnavailable.unconfirmed(e);
    }
  }

  /** Wants a channel for good, and does not wait. */
  void want(Channel channel) {
    var unused = claims.claim(channel);
  }

  void release(Channel channel) {
    claims.release(channel);
  }

  /** Whether everything that is wanted is listened to at this moment. */
  boolean isSettled() {
    return claims.isSettled();
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
        claims.connected();
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
      claims.disconnected();
      if (open != null) {
        open.close();
      }
      if (!closed) {
        LockSupport.parkNanos(backoff.nextNanos());
      }
    }
  }

  private void handle(@Nullable Object read) {
    if (read instanceof JedisDataException error) {
      throw error;
    }
    if (!(read instanceof List<?> parts) || !(parts.getFirst() instanceof byte[] type)) {
      return;
    }
    switch (new String(type, StandardCharsets.US_ASCII)) {
      case "message" -> received((byte[]) parts.get(2));
      case "pmessage" -> received((byte[]) parts.get(3));
      case "subscribe" -> confirmed(parts, Channel.Kind.EXACT);
      case "psubscribe" -> confirmed(parts, Channel.Kind.GLOB);
      default -> {
        // Pongs, and the end of subscriptions.
      }
    }
  }

  private void confirmed(List<?> parts, Channel.Kind kind) {
    var name = new String((byte[]) parts.get(1), StandardCharsets.UTF_8);
    if (claims.confirmed(new Channel(name, kind))) {
      guarded(receiver::settled);
    }
  }

  private void received(byte[] payload) {
    guarded(() -> receiver.received(payload));
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
        ChannelClaims.Changes changes = claims.await(TICK);
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
    CommandArguments arguments = new CommandArguments(command);
    for (Channel channel : channels) {
      if (channel.kind() == kind) {
        arguments.add(channel.name());
        if (arguments.size() > MOST) {
          open.send(arguments);
          arguments = new CommandArguments(command);
        }
      }
    }
    if (arguments.size() > 1) {
      open.send(arguments);
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
