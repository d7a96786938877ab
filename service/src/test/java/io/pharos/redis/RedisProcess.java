package io.pharos.redis;

import io.pharos.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A Redis server on a free port of this machine. */
public final class RedisProcess implements AutoCloseable {
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private static final class Shared {
    static final RedisProcess SERVER = new RedisProcess(List.of("save \"\"", "appendonly no"));
  }

  private final int port = FreePort.next();
  private final List<String> settings;
  private final Path directory;
  private @Nullable RedisServer server;

  /** A server of one's own. Starts at once; its data stay in a directory of its own. */
  public RedisProcess(List<String> settings) {
    this.settings = settings;
    try {
      directory = Files.createTempDirectory("pharos-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** The server that tests share which do it no harm. It ends with this virtual machine. */
  public static RedisProcess shared() {
    return Shared.SERVER;
  }

  /** A prefix that nobody else uses. */
  public static String newPrefix() {
    return "test" + PREFIXES.incrementAndGet();
  }

  public void start() {
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .bind("127.0.0.1")
              .port(port)
              .setting("dir " + directory)
              .setting("daemonize no");
      settings.forEach(builder::setting);
      RedisServer started = builder.build();
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server as an operator would: what it has, it saves where it is told to. */
  public void stop() {
    try {
      Objects.requireNonNull(server).stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public RedisUrl url() {
    return RedisUrl.parse("redis://127.0.0.1:" + port);
  }

  /** Runs one command on a connection of its own. */
  public Object call(Command command, String... arguments) {
    return call(port, command, arguments);
  }

  static Object call(int port, Command command, String... arguments) {
    var address = new HostAndPort("127.0.0.1", port);
    RedisUrl url = RedisUrl.parse("redis://" + address);
    try (Wire wire = Wire.connect(url, address, Duration.ofSeconds(30))) {
      var call = new CommandArguments(command);
      for (String argument : arguments) {
        call.add(argument);
      }
      return wire.call(call);
    }
  }

  Wire wire(String name) {
    return Wire.open(url(), new HostAndPort("127.0.0.1", port), name, Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    stop();
  }
}
