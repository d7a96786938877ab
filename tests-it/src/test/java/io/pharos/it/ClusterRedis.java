package io.pharos.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * The Redis that the nodes share, each over a {@link Link} of its own. Tests make it fail; it ends
 * with this virtual machine.
 */
final class ClusterRedis {
  private static final class Shared {
    static final ClusterRedis INSTANCE = new ClusterRedis();
  }

  /** What outlives the process. */
  enum Persistence {
    NONE("appendonly no"),
    /** Every write before it is answered. */
    LOG("appendonly yes");

    private final String setting;

    Persistence(String setting) {
      this.setting = setting;
    }
  }

  private final int port = Integer.parseInt(Node.property("redis.port"));
  private final Path folder;
  private final Map<ClusterNode, Link> links = new EnumMap<>(ClusterNode.class);
  private @Nullable Running running;

  private record Running(RedisServer server, ProcessHandle process) {}

  private ClusterRedis() {
    try {
      folder = Files.createTempDirectory("pharos-redis");
      for (ClusterNode node : ClusterNode.values()) {
        links.put(node, new Link(node.redisPort(), port));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClusterRedis shared() {
    return Shared.INSTANCE;
  }

  int port() {
    return port;
  }

  Link link(ClusterNode node) {
    Link link = links.get(node);
    if (link == null) {
      throw new AssertionError(node);
    }
    return link;
  }

  /** Makes good what a test has broken. */
  void repair() {
    links.values().forEach(Link::heal);
    if (running == null) {
      start(Persistence.NONE);
    }
  }

  void start(Persistence persistence) {
    var before = new ArrayList<>(ProcessHandle.current().children().toList());
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .bind("127.0.0.1")
              .port(port)
              .setting("dir " + folder)
              .setting("save \"\"")
              .setting("appendfsync always")
              .setting(persistence.setting)
              .setting("daemonize no");
      RedisServer server = builder.build();
      server.start();
      List<ProcessHandle> started = new ArrayList<>(ProcessHandle.current().children().toList());
      started.removeAll(before);
      ProcessHandle process =
          started.stream()
              .filter(child -> child.info().command().orElse("").contains("redis"))
              .findFirst()
              .orElseThrow();
      running = new Running(server, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as an operator would. */
  void stop() {
    Running ending = running();
    running = null;
    try {
      ending.server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it by SIGKILL. */
  void kill() {
    Running ending = running();
    running = null;
    ending.process.destroyForcibly();
    ending.process.onExit().join();
  }

  Jedis client() {
    return new Jedis("127.0.0.1", port);
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("Redis does not run");
    }
    return running;
  }
}
