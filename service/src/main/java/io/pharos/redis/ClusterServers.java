package io.pharos.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The shards of a Redis Cluster, version 7 or later, each with some of the slots. */
final class ClusterServers implements Servers {
  private final RedisUrl url;
  private final RedisTimings timings;
  private final SlotMap slots;
  private final Map<HostAndPort, Connector> connectors = new ConcurrentHashMap<>();

  ClusterServers(RedisUrl url, RedisTimings timings) {
    this.url = url;
    this.timings = timings;
    this.slots = new SlotMap(url, timings);
  }

  private Connector connector(HostAndPort server) {
    return connectors.computeIfAbsent(
        server, address -> new Connector(url, () -> address, timings));
  }

  @Override
  public Dialect dialect() {
    return Dialect.SHARDED;
  }

  @Override
  public Calls calls(String name) {
    var lanes = new Lanes<CommandTask>(this::connector, name, timings, Commands::new);
    slots.onChange(() -> lanes.keep(slots.shards()));
    return new ShardCalls(slots, lanes, timings);
  }

  @Override
  public PublishLine publishLine(PublishCalls calls) {
    var lanes =
        new Lanes<PublishTask>(
            this::connector, "publisher", timings, link -> new Publishing(link, calls));
    slots.onChange(() -> lanes.keep(slots.shards()));
    return new ShardPublishLine(slots, lanes, calls.names(), timings);
  }

  @Override
  public Subscriber subscriber() {
    return new Subscriber(
        timings, claims -> new ShardEars(slots, this::connector, timings, claims));
  }

  @Override
  public <T> List<List<T>> grouped(List<T> things, Function<T, String> key) {
    Map<@Nullable HostAndPort, List<T>> groups = new LinkedHashMap<>();
    for (T thing : things) {
      HostAndPort owner = slots.owner(JedisClusterCRC16.getSlot(key.apply(thing)));
      groups.computeIfAbsent(owner, o -> new ArrayList<>()).add(thing);
    }
    return List.copyOf(groups.values());
  }

  @Override
  public List<String> samples(IntFunction<String> names) {
    Set<HostAndPort> shards = slots.shards();
    Map<HostAndPort, String> samples = new HashMap<>();
    // By chance a shard's slots may be few, but never so few among so many names.
    for (int i = 0; i < SlotMap.SLOTS && samples.size() < shards.size(); i++) {
      String name = names.apply(i);
      HostAndPort owner = slots.owner(JedisClusterCRC16.getSlot(name));
      if (owner != null) {
        samples.putIfAbsent(owner, name);
      }
    }
    return samples.isEmpty() ? List.of(names.apply(0)) : List.copyOf(samples.values());
  }

  @Override
  public void start() {
    slots.start();
  }

  @Override
  public void close() {
    slots.close();
  }
}
