package io.pharos.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** nginx with the configuration that the README shows; only the ports are a test's. */
final class Nginx implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/sbin/nginx");

  private final Process process;
  private final URI uri;

  private Nginx(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** As it is in the repository. */
  static String configuration() throws IOException {
    return Files.readString(Path.of(Node.property("test.nginx.configuration")));
  }

  /**
   * @param folder for its files
   */
  static Nginx start(Path folder, URI first, URI second) throws IOException {
    int port = FreePort.next();
    String site = configuration();
    site = replaced(site, "127.0.0.1:9081", "127.0.0.1:" + first.getPort());
    site = replaced(site, "127.0.0.1:9082", "127.0.0.1:" + second.getPort());
    site = replaced(site, "127.0.0.1:8080", "127.0.0.1:" + port);
    Files.writeString(folder.resolve("pharos.conf"), site);
    Files.writeString(folder.resolve("nginx.conf"), around(folder));
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(), "-p", folder + "/", "-c", "nginx.conf", "-g", "daemon off;")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    var nginx = new Nginx(process, URI.create("http://localhost:" + port));
    Await.until(
        () -> "nginx to answer: " + read(folder.resolve("out.log")),
        Await.PATIENCE,
        nginx::answers);
    return nginx;
  }

  URI uri() {
    return uri;
  }

  private boolean answers() {
    try {
      return new Rest(uri, "").get("/health/ready").statusCode() == 200;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** As a distribution's, but with all files in one folder. */
  private static String around(Path folder) {
    return """
    pid FOLDER/pid;
    error_log FOLDER/error.log;
    worker_processes 1;
    events {}
    http {
      access_log FOLDER/access.log;
      client_body_temp_path FOLDER/body;
      proxy_temp_path FOLDER/proxy;
      fastcgi_temp_path FOLDER/fastcgi;
      uwsgi_temp_path FOLDER/uwsgi;
      scgi_temp_path FOLDER/scgi;
      include pharos.conf;
    }
    """
        .replace("FOLDER", folder.toString());
  }

  private static String replaced(String text, String old, String by) {
    if (!text.contains(old)) {
      throw new AssertionError("not in the configuration of nginx: " + old);
    }
    return text.replace(old, by);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
  }
}
