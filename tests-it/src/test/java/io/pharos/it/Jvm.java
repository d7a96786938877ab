package io.pharos.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks into another Java process, by the JDK's own tool. */
record Jvm(long pid) {

  /** The one process that runs this server of this installation of Liberty. */
  static Jvm ofServer(Path wlpHome, String serverName) {
    String end = wlpHome.resolve("bin/tools/ws-server.jar") + " " + serverName;
    List<ProcessHandle> found =
        ProcessHandle.allProcesses().filter(process -> runs(process, end)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " processes run the server " + serverName);
    }
    return new Jvm(found.getFirst().pid());
  }

  private static boolean runs(ProcessHandle process, String end) {
    try {
      String arguments =
          Files.readString(
                  Path.of("/proc", Long.toString(process.pid()), "cmdline"),
                  StandardCharsets.ISO_8859_1)
              .replace('\0', ' ')
              .strip();
      return arguments.endsWith(end);
    } catch (IOException e) {
      // It has ended meanwhile, or is not ours to look at.
      return false;
    }
  }

  /** How many live objects of a class there are, after a full collection. */
  long instances(String className) throws IOException {
    return jcmd("GC.class_histogram")
        .lines()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(words -> words.length > 3 && words[3].equals(className))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }

  /** The stacks of the threads, virtual ones included, inside {@code package.Class.method}. */
  List<String> threadsIn(String method) throws IOException {
    Path dump = Files.createTempDirectory("pharos-it").resolve("threads.txt");
    try {
      String unused = jcmd("Thread.dump_to_file", dump.toString());
      return Files.readString(dump).transform(text -> List.of(text.split("\n\n", -1))).stream()
          .filter(thread -> thread.contains(method + "("))
          .toList();
    } finally {
      Files.deleteIfExists(dump);
      Files.deleteIfExists(dump.getParent());
    }
  }

  private String jcmd(String... arguments) throws IOException {
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid)));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError("jcmd failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return output;
  }
}
