package io.pharos.it;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * RabbitMQ with its STOMP plugin, in a folder and at ports of its own. A test can kill it and start
 * it again, with what it has stored; it ends with this virtual machine at the latest.
 */
final class RabbitMq implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private static final Duration START = Duration.ofMinutes(5);

  private final Path folder;
  private final int stompPort;
  private final Map<String, String> environment;
  private final Process portMapper;
  private final Thread atExit = new Thread(this::end);
  private @Nullable Process server;

  private RabbitMq(Path folder) throws IOException {
    this.folder = folder;
    List<Integer> ports = Stream.generate(FreePort::next).limit(4).toList();
    stompPort = ports.get(0);
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
        """
        stomp.listeners.tcp.1 = 127.0.0.1:%d
        listeners.tcp.1 = 127.0.0.1:%d
        disk_free_limit.absolute = 1MB
        """
            .formatted(stompPort, ports.get(1)));
    Files.writeString(folder.resolve("plugins"), "[rabbitmq_stomp].\n");
    environment =
        Map.ofEntries(
            Map.entry("PATH", System.getenv("PATH")),
            Map.entry("HOME", folder.toString()),
            Map.entry("LANG", "C.UTF-8"),
            Map.entry("ERL_EPMD_PORT", ports.get(3).toString()),
            Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
            Map.entry("RABBITMQ_NODENAME", "pharos" + stompPort + "@localhost"),
            Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
            Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
            Map.entry("RABBITMQ_LOGS", "-"),
            Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString()),
            Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString()),
            Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
            Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
            Map.entry("RABBITMQ_NODE_PORT", ports.get(1).toString()),
            Map.entry("RABBITMQ_DIST_PORT", ports.get(2).toString()),
            Map.entry(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "+S 1 -kernel inet_dist_use_interface {127,0,0,1}"));
    // Erlang would start one that outlives it.
    portMapper = run("epmd.log", "epmd", "-address", "127.0.0.1", "-port", ports.get(3).toString());
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Starts it, and waits until it takes STOMP's connections.
   *
   * @param parent where it makes its folder
   */
  static RabbitMq start(Path parent) throws IOException {
    var broker = new RabbitMq(Files.createTempDirectory(parent, "rabbitmq-"));
    try {
      broker.start();
      return broker;
    } catch (IOException | RuntimeException | Error e) {
      broker.close();
      throw e;
    }
  }

  int stompPort() {
    return stompPort;
  }

  /** Starts it, unless it runs. */
  void start() throws IOException {
    if (server != null) {
      return;
    }
    Process started = run("out.log", PROGRAM.toString());
    server = started;
    Await.until(
        () -> "RabbitMQ to start: " + read("out.log") + read("epmd.log"),
        START,
        () -> {
          if (!started.isAlive()) {
            throw new AssertionError("RabbitMQ has ended: " + read("out.log"));
          }
          return answers();
        });
  }

  /** Ends it by SIGKILL; what it has stored stays. */
  void kill() {
    Process ending = server;
    server = null;
    if (ending != null) {
      end(ending);
    }
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stompPort), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Process run(String log, String... command) throws IOException {
    File file = folder.resolve(log).toFile();
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String read(String log) {
    try {
      return Files.readString(folder.resolve(log));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void end(Process process) {
    var family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(member -> member.onExit().join());
  }

  private void end() {
    kill();
    end(portMapper);
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // This machine ends, and so has the broker.
      return;
    }
  }
}
