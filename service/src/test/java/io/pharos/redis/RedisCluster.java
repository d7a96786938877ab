package io.pharos.redis;

import io.pharos.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Redis Cluster on free ports of this machine, of the Redis that is installed there. */
public final class RedisCluster implements AutoCloseable {
  private static final int SLOTS = 16_384;

  private static @Nullable RedisCluster shared;

  private final Path folder;
  private final List<InstalledRedis> servers = new ArrayList<>();
  private final int primaries;
  private final @Nullable Certificates tls;

  /** Starts it, and returns when all servers agree that it is well. */
  RedisCluster(int primaries, int replicasOfEach) {
    this(primaries, replicasOfEach, null);
  }

  /**
   * The same with servers that speak nothing but TLS, to each other as well.
   *
   * @param tls what they show of themselves; null for servers without
   */
  RedisCluster(int primaries, int replicasOfEach, @Nullable Certificates tls) {
    this.primaries = primaries;
    this.tls = tls;
    // Long enough that a busy machine makes nobody seem dead; where nobody can take over, for ever.
    String nodeTimeout = replicasOfEach == 0 ? "600000" : "5000";
    try {
      folder = Files.createTempDirectory("pharos-redis-cluster");
      for (int i = 0; i < primaries * (1 + replicasOfEach); i++) {
        servers.add(start(FreePort.next(), FreePort.next(), i, nodeTimeout));
      }
      for (int i = 0; i < servers.size(); i++) {
        // With equal epochs, a replica that asks for votes soon is refused, and asks again much
        // later.
        servers.get(i).call(Command.CLUSTER, "SET-CONFIG-EPOCH", i + 1);
      }
      for (InstalledRedis each : servers) {
        each.call(Command.CLUSTER, "MEET", "127.0.0.1", first().port(), busPort(first()));
      }
      for (int i = 0; i < primaries; i++) {
        servers
            .get(i)
            .call(
                Command.CLUSTER,
                "ADDSLOTSRANGE",
                SLOTS * i / primaries,
                SLOTS * (i + 1) / primaries - 1);
      }
      for (InstalledRedis each : servers) {
        Recorder.eventually("all servers at " + each.address(), () -> knowsAll(each));
      }
      for (int i = primaries; i < servers.size(); i++) {
        InstalledRedis replica = servers.get(i);
        replica.call(Command.CLUSTER, "REPLICATE", id(servers.get(i % primaries)));
        Recorder.eventually(
            "the replica at " + replica.address(),
            () -> replica.text(Command.INFO, "replication").contains("master_link_status:up"));
      }
      for (InstalledRedis each : servers) {
        Recorder.eventually("a cluster that is well at " + each.address(), () -> isWell(each));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private InstalledRedis start(int port, int bus, int number, String nodeTimeout) {
    var options =
        new ArrayList<>(
            List.of(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(bus),
                "--cluster-config-file",
                "nodes-" + number + ".conf",
                "--cluster-node-timeout",
                nodeTimeout,
                "--appendonly",
                "no",
                "--repl-diskless-sync-delay",
                "0"));
    if (tls == null) {
      options.addAll(List.of("--port", Integer.toString(port)));
    } else {
      options.addAll(tls.options(port));
      options.addAll(List.of("--tls-cluster", "yes"));
    }
    return new InstalledRedis(url("", "127.0.0.1:" + port), folder, options);
  }

  private RedisUrl url(String kind, String addresses) {
    return tls == null
        ? RedisUrl.parse("redis" + kind + "://" + addresses)
        : RedisUrl.parse("rediss" + kind + "://" + addresses).trusting(tls.trust());
  }

  /** The one that tests share which do it no harm. It ends with this virtual machine. */
  public static synchronized RedisCluster shared() {
    InstalledRedis.assumed();
    if (shared == null) {
      var started = new RedisCluster(3, 0);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = started;
    }
    return shared;
  }

  public RedisUrl url() {
    return url("-cluster", first().address() + "," + servers.get(1).address());
  }

  private InstalledRedis first() {
    return servers.getFirst();
  }

  /** All servers; at the beginning, the primaries come first. */
  List<InstalledRedis> servers() {
    return servers;
  }

  private static String line(InstalledRedis server) {
    return server
        .text(Command.CLUSTER, "NODES")
        .lines()
        .filter(line -> line.contains("myself"))
        .findFirst()
        .orElseThrow();
  }

  /** ID IP:PORT@BUS,... */
  private static String busPort(InstalledRedis server) {
    String address = line(server).split(" ", -1)[1];
    return address.substring(address.indexOf('@') + 1).split(",", -1)[0];
  }

  static String id(InstalledRedis server) {
    return server.text(Command.CLUSTER, "MYID");
  }

  private boolean knowsAll(InstalledRedis server) {
    return server
            .text(Command.CLUSTER, "NODES")
            .lines()
            .filter(l -> !l.contains("handshake"))
            .count()
        == servers.size();
  }

  private boolean isWell(InstalledRedis server) {
    String info = server.text(Command.CLUSTER, "INFO");
    return info.contains("cluster_state:ok")
        && info.contains("cluster_size:" + primaries)
        && ((List<?>) server.call(Command.CLUSTER, "SLOTS")).size() >= primaries;
  }

  /** The primary that has a key, as the first server that is alive says. */
  InstalledRedis owner(String key) {
    int slot = JedisClusterCRC16.getSlot(key);
    InstalledRedis asked =
        servers.stream().filter(InstalledRedis::isAlive).findFirst().orElseThrow();
    long port = ownerPort(slot, asked);
    return servers.stream().filter(server -> server.port() == port).findFirst().orElseThrow();
  }

  private static long ownerPort(int slot, InstalledRedis asked) {
    for (Object each : (List<?>) asked.call(Command.CLUSTER, "SLOTS")) {
      List<?> range = (List<?>) each;
      if ((Long) range.get(0) <= slot && slot <= (Long) range.get(1)) {
        return (Long) ((List<?>) range.get(2)).get(1);
      }
    }
    throw new IllegalStateException(asked.address() + " knows nobody who has slot " + slot);
  }

  /** A primary that does not have this key. */
  InstalledRedis stranger(String key) {
    int owner = owner(key).port();
    return servers.subList(0, primaries).stream()
        .filter(server -> server.port() != owner)
        .findFirst()
        .orElseThrow();
  }

  /** Begins to give a slot away, as resharding does. */
  void beginMoving(int slot, InstalledRedis from, InstalledRedis to) {
    to.call(Command.CLUSTER, "SETSLOT", slot, "IMPORTING", id(from));
    from.call(Command.CLUSTER, "SETSLOT", slot, "MIGRATING", id(to));
  }

  /** Moves so many keys of a slot; returns how many were moved. */
  int moveKeys(int slot, int count, InstalledRedis from, InstalledRedis to) {
    var keys = (List<?>) from.call(Command.CLUSTER, "GETKEYSINSLOT", slot, count);
    for (Object key : keys) {
      from.call(
          Command.MIGRATE,
          "127.0.0.1",
          to.port(),
          new String((byte[]) key, StandardCharsets.UTF_8),
          0,
          10_000);
    }
    return keys.size();
  }

  /** Ends it; returns when all servers know who has the slot now. */
  void endMoving(int slot, InstalledRedis from, InstalledRedis to) throws InterruptedException {
    String id = id(to);
    to.call(Command.CLUSTER, "SETSLOT", slot, "NODE", id);
    from.call(Command.CLUSTER, "SETSLOT", slot, "NODE", id);
    for (InstalledRedis each : servers) {
      Recorder.eventually(
          "the slot's new place at " + each.address(), () -> ownerPort(slot, each) == to.port());
    }
  }

  /** Whether all replicas have what this primary has. */
  static boolean replicated(InstalledRedis primary) {
    List<String> info = primary.text(Command.INFO, "replication").lines().toList();
    String offset =
        info.stream()
            .filter(line -> line.startsWith("master_repl_offset:"))
            .map(line -> line.substring(line.indexOf(':') + 1))
            .findFirst()
            .orElseThrow();
    List<String> replicas = info.stream().filter(line -> line.matches("slave\\d+:.*")).toList();
    return !replicas.isEmpty()
        && replicas.stream().allMatch(line -> line.contains("offset=" + offset + ","));
  }

  @Override
  public void close() {
    servers.forEach(InstalledRedis::close);
  }

  @Override
  public String toString() {
    return Objects.toString(folder);
  }
}
