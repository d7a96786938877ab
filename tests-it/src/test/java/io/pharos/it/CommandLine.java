package io.pharos.it;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line as somebody calls it: a process with a server and a token in its environment.
 */
record CommandLine(Path home, Map<String, String> environment, List<String> launch) {

  /** By {@code java -jar}. */
  static CommandLine of(Path home, URI server, Token token) {
    return new CommandLine(
        home,
        Map.of("PHAROS_SERVER", server.toString(), "PHAROS_TOKEN", token.sign()),
        List.of(
            Program.java(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Node.property("pharos.cli.jar")));
  }

  /** By the launcher, which looks for a Java by itself. */
  CommandLine launcher() {
    return new CommandLine(home, environment, List.of(Node.property("pharos.cli.script")));
  }

  /** By the launcher, with its streams redirected as a shell writes that. */
  CommandLine launcherWith(String redirections) {
    String script = Node.property("pharos.cli.script");
    return new CommandLine(
        home, environment, List.of("sh", "-c", "\"$0\" \"$@\" " + redirections, script));
  }

  CommandLine with(String variable, String value) {
    var all = new HashMap<>(environment);
    all.put(variable, value);
    return new CommandLine(home, all, launch);
  }

  Program start(String... arguments) throws IOException {
    var command = new ArrayList<>(launch);
    command.addAll(List.of(arguments));
    return Program.start(home, environment, command);
  }

  /** Runs it to its end without any input. */
  Result run(String... arguments) throws IOException {
    return runOn("", arguments);
  }

  /** Runs it to its end with an input. */
  Result runOn(String input, String... arguments) throws IOException {
    try (Program program = start(arguments)) {
      try (OutputStream in = program.in()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It has ended without reading, as it may.
      }
      int exit = program.exit();
      return new Result(exit, program.out(), program.err());
    }
  }

  /** What a run came to. */
  record Result(int exit, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    /** The same, which must have gone well. */
    Result done() {
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + ": " + err);
      }
      return this;
    }
  }
}
