package io.pharos.benchmark.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Redis of its own, for the loads in which Pharos's log must outlive a node. */
public final class RedisServer implements AutoCloseable {
  private final Daemon daemon;
  private final String url;

  private RedisServer(Daemon daemon, String url) {
    this.daemon = daemon;
    this.url = url;
  }

  /** Why none can be started here; empty when one can. */
  public static String missing(Site site) {
    return site.output(List.of("redis-server", "--version")).isEmpty()
        ? "redis-server is not installed"
        : "";
  }

  public static RedisServer start(Site site) {
    int port = Daemon.freePort();
    Path folder = site.folder("redis");
    var daemon =
        Daemon.start(
                List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--dir",
                    folder.toString()),
                Map.of(),
                folder.resolve("out.log"))
            .untilListens(port);
    return new RedisServer(daemon, "redis://127.0.0.1:" + port);
  }

  /** As {@code pharos.redis.url} wants it. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
