package io.pharos.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A process of the Redis that is installed on this machine, for what the one from the Maven jar
 * cannot do: that is version 6.2, without TLS.
 */
final class InstalledRedis implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

  private final RedisUrl url;
  private final Path log;
  private final Process process;

  /**
   * Starts it, and returns when it answers.
   *
   * @param url the address that it is started for, and how it is asked
   * @param options as on the command line, {@code --name}, {@code value}
   */
  InstalledRedis(RedisUrl url, Path folder, List<String> options) {
    this.url = url;
    log = folder.resolve(port() + ".log");
    var command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(options);
    command.addAll(List.of("--dir", folder.toString(), "--bind", "127.0.0.1", "--save", ""));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAnswer();
  }

  private void awaitAnswer() {
    try {
      Recorder.eventually("Redis at " + port(), () -> answers() || !process.isAlive());
      if (!process.isAlive()) {
        throw new AssertionError("Redis has ended: " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (AssertionError e) {
      kill();
      throw e;
    }
  }

  /** Skips the test where there is no Redis 7, and says so. */
  static void assumed() {
    assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed: skipped");
    try {
      Process process = new ProcessBuilder(PROGRAM.toString(), "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = Pattern.compile("v=(\\d+)").matcher(said);
      assumeTrue(
          version.find() && Integer.parseInt(version.group(1)) >= 7,
          PROGRAM + " is older than version 7: skipped: " + said.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RedisUrl url() {
    return url;
  }

  HostAndPort address() {
    return url.hosts().getFirst();
  }

  int port() {
    return address().getPort();
  }

  /** Runs one command on a connection of its own. */
  Object call(Command command, Object... arguments) {
    try (Wire wire = Wire.connect(url, address(), Duration.ofSeconds(30))) {
      wire.authenticate(url);
      return wire.call(new CommandArguments(command).addObjects(arguments));
    }
  }

  String text(Command command, Object... arguments) {
    return call(command, arguments) instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  private boolean answers() {
    try {
      return call(Command.PING) != null;
    } catch (JedisDataException e) {
      return true;
    } catch (JedisException e) {
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
