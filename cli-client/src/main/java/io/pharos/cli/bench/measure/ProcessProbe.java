package io.pharos.cli.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads from Linux's {@code /proc} what processes use: proc(5). */
public final class ProcessProbe {
  /** USER_HZ, which is the same on every machine that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final Path proc;
  private final List<Long> processes;

  public ProcessProbe(Path proc, List<Long> processes) {
    this.proc = proc;
    this.processes = List.copyOf(processes);
  }

  /**
   * What the processes use now, added up.
   *
   * @throws IOException when one of them cannot be read; the message says which
   */
  public ProcessUsage read() throws IOException {
    double cpu = 0;
    long resident = 0;
    for (long process : processes) {
      Path folder = proc.resolve(Long.toString(process));
      try {
        String stat = Files.readString(folder.resolve("stat"));
        // The name, in parentheses, may hold spaces and parentheses of its own.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        cpu += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        resident += residentKilobytes(folder.resolve("status"));
      } catch (IOException e) {
        throw new IOException("there is no process " + process + " in " + proc, e);
      }
    }
    return new ProcessUsage(cpu / TICKS_PER_SECOND, resident);
  }

  private static long residentKilobytes(Path status) throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
