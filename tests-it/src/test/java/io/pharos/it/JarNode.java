package io.pharos.it;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One more node, from the runnable server, in processes that a test can kill. */
final class JarNode implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final Process process;
  private final URI uri;

  private JarNode(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Starts it, and waits until it is ready. */
  static JarNode start(Path folder, String id, String redis) throws IOException {
    return start(folder, id, Map.of("PHAROS_REDIS_URL", redis));
  }

  /** The same, with settings of its own as environment variables. */
  static JarNode start(Path folder, String id, Map<String, String> settings) throws IOException {
    return start(Path.of(Node.property("pharos.server.jar")), folder, id, settings);
  }

  /** The same, from another runnable server. */
  static JarNode start(Path server, Path folder, String id, Map<String, String> settings)
      throws IOException {
    int port = FreePort.next();
    File log = folder.resolve("out.log").toFile();
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                server.toString())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder
        .environment()
        .putAll(
            Map.of(
                "WLP_JAR_EXTRACT_DIR", folder.resolve("server").toString(),
                "PHAROS_HTTP_PORT", Integer.toString(port),
                "PHAROS_NODE_ID", id,
                "PHAROS_HISTORY_SIZE", "20000",
                "PHAROS_JWT_SECRET", Node.property("test.jwt.secret"),
                "PHAROS_JWT_AUDIENCE", Node.property("test.jwt.audience")));
    builder.environment().putAll(settings);
    var node = new JarNode(builder.start(), URI.create("http://localhost:" + port));
    Await.until(() -> "the node to be ready: " + read(log), START, node::isReady);
    return node;
  }

  URI uri() {
    return uri;
  }

  /** Ends it by SIGKILL: nobody is told. */
  void kill() {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(member -> member.onExit().join());
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("the node has ended");
    }
    try {
      return new Rest(uri, "").get("/health/ready").statusCode() == 200;
    } catch (AssertionError e) {
      return false;
    }
  }

  private static String read(File log) {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
