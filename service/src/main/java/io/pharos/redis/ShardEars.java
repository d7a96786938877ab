package io.pharos.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * A connection that listens to each shard of which a channel is wanted. Channels follow their slots
 * when those move, be it that the map says so or the server that had them.
 */
final class ShardEars implements Ears {
  private record Listening(Ear ear, ChannelClaims.Lane lane) {}

  private final SlotMap slots;
  private final Function<HostAndPort, Connector> connectors;
  private final RedisTimings timings;
  private final ChannelClaims claims;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<HostAndPort, Listening> shards = new HashMap<>();
  private Subscriber.@Nullable Receiver receiver;
  private boolean closed;

  ShardEars(
      SlotMap slots,
      Function<HostAndPort, Connector> connectors,
      RedisTimings timings,
      ChannelClaims claims) {
    this.slots = slots;
    this.connectors = connectors;
    this.timings = timings;
    this.claims = claims;
    slots.onChange(this::follow);
  }

  @Override
  public void start(Subscriber.Receiver newReceiver) {
    lock.lock();
    try {
      receiver = newReceiver;
    } finally {
      lock.unlock();
    }
    claims.reroute();
  }

  @Override
  public ChannelClaims.@Nullable Lane lane(Channel channel) {
    HostAndPort owner = slots.owner(channel.slot());
    lock.lock();
    try {
      Subscriber.Receiver to = receiver;
      if (owner == null || to == null || closed) {
        return null;
      }
      return shards.computeIfAbsent(owner, server -> open(server, to)).lane();
    } finally {
      lock.unlock();
    }
  }

  private Listening open(HostAndPort server, Subscriber.Receiver to) {
    ChannelClaims.Lane lane = claims.addLane();
    var ear = new Ear(connectors.apply(server), timings, lane, to, new Shard(server, lane));
    ear.start();
    return new Listening(ear, lane);
  }

  /** Takes channels to where their slots are, and closes what has none any more. */
  private void follow() {
    claims.reroute();
    var gone = new ArrayList<Listening>();
    lock.lock();
    try {
      shards
          .entrySet()
          .removeIf(
              entry -> {
                boolean over = !slots.shards().contains(entry.getKey());
                if (over) {
                  gone.add(entry.getValue());
                }
                return over;
              });
    } finally {
      lock.unlock();
    }
    gone.forEach(this::end);
  }

  private void end(Listening listening) {
    claims.removeLane(listening.lane());
    listening.ear().close();
  }

  /** One shard's view of what happens on its connection. */
  private final class Shard implements Ear.Surroundings {
    private final HostAndPort server;
    private final ChannelClaims.Lane lane;

    Shard(HostAndPort server, ChannelClaims.Lane lane) {
      this.server = server;
      this.lane = lane;
    }

    @Override
    public boolean refused(JedisDataException error) {
      if (error instanceof JedisMovedDataException moved) {
        lane.refused();
        slots.moved(moved.getSlot(), Router.named(moved.getTargetNode(), server));
        return true;
      }
      if (RedisUnavailable.isPassing(error)) {
        lane.refused();
        slots.refresh();
        return true;
      }
      return false;
    }

    @Override
    public void unsettled() {
      slots.refresh();
    }
  }

  @Override
  public void close() {
    List<Listening> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(shards.values());
      shards.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(this::end);
  }
}
