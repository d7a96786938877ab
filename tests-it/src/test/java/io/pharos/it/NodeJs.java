package io.pharos.it;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Node with the packages that {@code package-lock.json} pins, where it is installed. */
record NodeJs(Path folder) {
  private static final int MINIMUM = 20;
  private static final Duration INSTALLATION = Duration.ofMinutes(3);

  /** Installs the packages below the build's folder; skips the tests when there is no Node. */
  static NodeJs install() throws IOException {
    requireNode();
    Path sources = Path.of(Node.property("test.node.sources"));
    Path folder = Path.of(Node.property("test.node.folder"));
    Files.createDirectories(folder);
    try (var files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    var node = new NodeJs(folder);
    if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
      node.installPackages();
    }
    return node;
  }

  private static void requireNode() {
    try (Program node = Program.start(Path.of("."), Map.of(), List.of("node", "--version"));
        Program npm = Program.start(Path.of("."), Map.of(), List.of("npm", "--version"))) {
      boolean works = node.exit() == 0 && npm.exit() == 0;
      String version = node.out().strip();
      if (!works || Integer.parseInt(version.replaceAll("v([0-9]+).*", "$1")) < MINIMUM) {
        abort("skipped: stock clients need Node " + MINIMUM + " and npm; here is " + version);
      }
    } catch (IOException e) {
      abort("skipped: stock clients need Node " + MINIMUM + " and npm: " + e.getMessage());
    }
  }

  /** With the registry and the cache of whoever builds. */
  private void installPackages() throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    List<String> command =
        List.of(
            "npm",
            "--prefix",
            folder.toString(),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund");
    try (Program npm = Program.start(home, System.getenv(), command)) {
      if (npm.exit(INSTALLATION) != 0) {
        throw new AssertionError("npm ci failed: " + npm.out() + npm.err());
      }
    }
  }

  /** Runs one of the scripts. */
  Program run(String script, Map<String, String> environment) throws IOException {
    return Program.start(folder, environment, List.of("node", script));
  }
}
