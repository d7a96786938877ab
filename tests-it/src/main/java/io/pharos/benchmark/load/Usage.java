package io.pharos.benchmark.load;

import io.pharos.benchmark.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a server's processes use, as the operating system counts it. */
final class Usage {
  private static final double TICKS_A_SECOND = 100;

  private Usage() {}

  static double residentKilobytes(Server server) {
    return server.processes().stream()
        .mapToDouble(p -> field(Path.of("/proc/" + p + "/status"), "(?s).*VmRSS:\\s+(\\d+).*"))
        .sum();
  }

  static double cpuSeconds(Server server) {
    return server.processes().stream().mapToDouble(Usage::ticks).sum() / TICKS_A_SECOND;
  }

  private static double ticks(long process) {
    Path stat = Path.of("/proc/" + process + "/stat");
    String fields = "(?s).*\\) \\S(?: \\S+){10} ";
    return field(stat, fields + "(\\d+).*") + field(stat, fields + "\\d+ (\\d+).*");
  }

  private static double field(Path file, String pattern) {
    try {
      return Double.parseDouble(Files.readString(file).replaceFirst(pattern, "$1").strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
