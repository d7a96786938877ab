package io.pharos.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Redis Cluster of three primaries, each with a replica, of the Redis that is installed. */
final class ShardedRedis implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/bin/redis-server");

  private static final int PRIMARIES = 3;
  private static final int SLOTS = 16_384;
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Path folder;

  /** By port. */
  private final Map<Integer, Process> servers = new TreeMap<>();

  private final List<Integer> ports = new ArrayList<>();

  /** Starts it, and returns when all servers find it well. */
  ShardedRedis(Path folder) throws IOException {
    this.folder = folder;
    try {
      int firstBus = 0;
      for (int i = 0; i < 2 * PRIMARIES; i++) {
        int bus = FreePort.next();
        start(FreePort.next(), bus);
        firstBus = i == 0 ? bus : firstBus;
      }
      for (int i = 0; i < ports.size(); i++) {
        // With equal epochs, a replica that asks for votes soon is refused, and asks again much
        // later.
        tell(ports.get(i), "SET-CONFIG-EPOCH", text(i + 1));
      }
      int first = ports.getFirst();
      for (int i = 0; i < ports.size(); i++) {
        tell(ports.get(i), "MEET", "127.0.0.1", text(first), text(firstBus));
        if (i < PRIMARIES) {
          tell(
              ports.get(i),
              "ADDSLOTSRANGE",
              text(SLOTS * i / PRIMARIES),
              text(SLOTS * (i + 1) / PRIMARIES - 1));
        }
      }
      for (int port : ports) {
        Await.until("all servers at " + port, LONG, () -> knowsAll(port));
      }
      for (int i = PRIMARIES; i < ports.size(); i++) {
        int replica = ports.get(i);
        tell(replica, "REPLICATE", ask(ports.get(i - PRIMARIES), "MYID"));
        Await.until("replica " + replica, LONG, () -> info(replica).contains("link_status:up"));
      }
      for (int port : ports) {
        Await.until("a cluster that is well at " + port, LONG, () -> isWell(port));
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void start(int port, int bus) throws IOException {
    var command =
        List.of(
            PROGRAM.toString(),
            "--port",
            text(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--cluster-enabled",
            "yes",
            "--cluster-port",
            text(bus),
            "--cluster-config-file",
            port + ".nodes",
            "--cluster-node-timeout",
            "10000",
            "--repl-diskless-sync-delay",
            "0");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(port + ".log").toFile())
            .start();
    servers.put(port, process);
    ports.add(port);
    Await.until("Redis at " + port, () -> !info(port).isEmpty());
  }

  /** For {@code pharos.redis.url}; two servers are enough to find the others. */
  String url() {
    return "redis-cluster://127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1);
  }

  /** The port of the primary that has a destination's log. */
  int owner(String destination) {
    long slot = JedisClusterCRC16.getSlot("pharos:log:{" + destination + "}");
    for (int port : ports) {
      if (server(port).isAlive()) {
        try (var client = new Jedis("127.0.0.1", port)) {
          for (Object each : (List<?>) client.sendCommand(Command.CLUSTER, "SLOTS")) {
            List<?> range = (List<?>) each;
            if ((Long) range.get(0) <= slot && slot <= (Long) range.get(1)) {
              return ((Long) ((List<?>) range.get(2)).get(1)).intValue();
            }
          }
        }
      }
    }
    throw new AssertionError("nobody has " + destination);
  }

  /** As {@code kill -9}. */
  void kill(int port) {
    Process server = server(port).destroyForcibly();
    server.onExit().join();
  }

  private Process server(int port) {
    return Objects.requireNonNull(servers.get(port));
  }

  private boolean knowsAll(int port) {
    return ask(port, "NODES").lines().filter(line -> !line.contains("handshake")).count()
        == ports.size();
  }

  private static boolean isWell(int port) {
    String info = ask(port, "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_size:" + PRIMARIES);
  }

  private static String info(int port) {
    try (var client = new Jedis("127.0.0.1", port)) {
      return client.info("replication");
    } catch (RuntimeException e) {
      // It is starting.
      return "";
    }
  }

  private static void tell(int port, String... command) {
    String answer = ask(port, command);
    if (!answer.equals("OK")) {
      throw new AssertionError(answer);
    }
  }

  private static String ask(int port, String... command) {
    try (var client = new Jedis("127.0.0.1", port)) {
      return client.sendCommand(Command.CLUSTER, command) instanceof byte[] bytes
          ? new String(bytes, UTF_8)
          : "";
    }
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  @Override
  public void close() {
    servers.values().forEach(Process::destroyForcibly);
    servers.values().forEach(process -> process.onExit().join());
  }
}
