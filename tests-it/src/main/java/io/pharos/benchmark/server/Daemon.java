package io.pharos.benchmark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A process that runs in the background. It ends with this program at the latest. */
final class Daemon implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final Set<Daemon> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Daemon::kill)));
  }

  private final Process process;
  private final Path log;

  private Daemon(Process process, Path log) {
    this.process = process;
    this.log = log;
    RUNNING.add(this);
  }

  static Daemon start(List<String> command, Map<String, String> environment, Path log) {
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // Nothing of the caller's own Pharos settings is to play a part.
    builder.environment().keySet().removeIf(name -> name.startsWith("PHAROS_"));
    builder.environment().putAll(environment);
    try {
      return new Daemon(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that no outgoing connection takes, not even while the server that has it is away. */
  static int freePort() {
    for (int i = 0; i < 100; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Somebody has it.
      }
    }
    throw new IllegalStateException("no port from 20000 to 31999 is free");
  }

  /** Waits until an address answers with a status below 500. */
  Daemon untilAnswers(URI uri) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
      until(() -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500);
    }
    return this;
  }

  /** Waits until a port is open. */
  Daemon untilListens(int port) {
    until(
        () -> {
          try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
          }
        });
    return this;
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private void until(Condition condition) {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException e) {
        // Not yet.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      pause();
    }
    close();
    throw new IllegalStateException("a server did not start; it said " + log);
  }

  /** The process and all below it. */
  List<Long> processes() {
    List<Long> all = new ArrayList<>(List.of(process.pid()));
    process.descendants().map(ProcessHandle::pid).forEach(all::add);
    return all;
  }

  /** Ends it as an operator would. */
  @Override
  public void close() {
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(this);
  }

  /** Ends it without any warning. */
  void kill() {
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(member -> member.onExit().join());
    RUNNING.remove(this);
  }

  private List<ProcessHandle> family() {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    return family;
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
