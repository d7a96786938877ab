package io.pharos.benchmark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where everything is.
 *
 * @param root the project's folder
 * @param work a folder for logs and whatever the servers write
 */
public record Site(Path root, Path work) {
  /** What both JVMs get: enough, and the same. */
  static final String HEAP = "-Xmx2g";

  /** The Java that runs this, and that every other JVM here runs on. */
  public String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  String jcmd() {
    return Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
  }

  String jfr() {
    return Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
  }

  /** The command line of this build. */
  public Path commandLine() {
    return root.resolve("cli-client/target/pharos.jar");
  }

  Path serverJar() {
    return root.resolve("liberty-config/target/pharos-server.jar");
  }

  Path springJar() {
    return root.resolve("tests-it/benchmark/spring/target/spring.jar");
  }

  /** The first group of a pattern in one of the project's files; "unknown" when it is not there. */
  String find(String file, String pattern) {
    try {
      Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(root.resolve(file)));
      return matcher.find() ? matcher.group(1) : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** What a short command prints, without white space at its ends; empty when it fails. */
  public String output(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** A folder of this name that is there. */
  Path folder(String name) {
    try {
      return Files.createDirectories(work.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with nothing in it. */
  Path emptyFolder(String name) {
    try (Stream<Path> all = Files.walk(folder(name))) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder(name);
  }
}
