package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a report is written to once a long run is over. */
record ReportFile(Path file) {

  /**
   * Looks whether it can be written, before the run.
   *
   * @throws CliException when it cannot
   */
  void check() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw unwritable("it is a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw unwritable("there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw unwritable("permission denied");
    }
  }

  void write(String report) {
    try {
      Files.writeString(file, report);
    } catch (IOException e) {
      throw unwritable(String.valueOf(e.getMessage()));
    }
  }

  private CliException unwritable(String reason) {
    return CliException.failed("cannot write " + file + ": " + reason, null);
  }
}
