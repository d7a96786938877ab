package io.pharos.benchmark.load;

import io.pharos.benchmark.report.Figure;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A run of {@code pharos bench} that is under way. */
record Running(Process process, Path out, Path notes) {
  private static final int LONGEST_CONNECT = 90_000;

  /** Waits until all clients are subscribed and the first publication is sent. */
  void awaitMeasuring() {
    for (int waited = 0; waited < LONGEST_CONNECT; waited += 100) {
      if (!process.isAlive() || read(notes).contains("measuring for")) {
        return;
      }
      Bench.sleep(100);
    }
  }

  /** The figures, or why there are none: the run failed or took longer. */
  JsonObject await(int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        return Figure.failed("did not keep up");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
    String text = read(out).strip();
    if (text.isEmpty()) {
      return Figure.failed(complaint(read(notes).strip()));
    }
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** The message of the last line, which is JSON when the program wrote it itself. */
  private static String complaint(String said) {
    String last = said.substring(said.lastIndexOf('\n') + 1);
    return last.replaceFirst(".*\"message\":\"([^\"]*)\".*", "$1");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
