package io.pharos.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another program, run as a process of its own with an environment of its own. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Output out;
  private final Output err;

  private Program(Process process) {
    this.process = process;
    this.out = new Output(process.getInputStream());
    this.err = new Output(process.getErrorStream());
  }

  /**
   * Starts it with nothing of this process's environment but where programs are.
   *
   * @param home its home folder
   */
  static Program start(Path home, Map<String, String> environment, List<String> command)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(home.toFile());
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().putAll(environment);
    return new Program(builder.start());
  }

  /** The java that runs the tests. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  OutputStream in() {
    return process.getOutputStream();
  }

  /** What it has printed so far. */
  String out() {
    return out.text();
  }

  byte[] outBytes() {
    return out.bytes();
  }

  /** The lines that it has printed so far; a line without its end does not count. */
  List<String> lines() {
    String text = out();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** How many lines it has printed so far: cheap enough to be asked again and again. */
  int lineCount() {
    return out.lineCount();
  }

  String err() {
    return err.text();
  }

  long pid() {
    return process.pid();
  }

  /** It and all that it has started. */
  List<ProcessHandle> family() {
    var family = new java.util.ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    return family;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for its end; its exit code. */
  int exit() {
    return exit(Duration.ofSeconds(90));
  }

  int exit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it still runs; it said: " + out() + err());
      }
      out.awaitEnd();
      err.awaitEnd();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Asks it to end, by SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** As with control-C. */
  void interrupt() throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Ends it at once, by SIGKILL, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    int unused = exit();
  }

  @Override
  public void close() {
    family().forEach(ProcessHandle::destroyForcibly);
  }

  private static final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;
    private int lineCount;

    Output(InputStream in) {
      reader = Thread.ofVirtual().start(() -> read(in));
    }

    private void read(InputStream in) {
      byte[] chunk = new byte[8192];
      try {
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
          synchronized (bytes) {
            bytes.write(chunk, 0, count);
            for (int i = 0; i < count; i++) {
              lineCount += chunk[i] == '\n' ? 1 : 0;
            }
          }
        }
      } catch (IOException e) {
        // A process that was killed has closed its end.
      }
    }

    int lineCount() {
      synchronized (bytes) {
        return lineCount;
      }
    }

    byte[] bytes() {
      synchronized (bytes) {
        return bytes.toByteArray();
      }
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    void awaitEnd() throws InterruptedException {
      reader.join(Duration.ofSeconds(30));
    }
  }
}
