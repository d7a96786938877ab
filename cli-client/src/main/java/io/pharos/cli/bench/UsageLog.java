package io.pharos.cli.bench;

import io.pharos.cli.bench.measure.ProcessProbe;
import io.pharos.cli.bench.measure.ProcessUsage;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the server and the benchmark use, at the turning points of a run. */
final class UsageLog {
  private final @Nullable ProcessProbe probe;
  private final ProcessUsage begin;
  private ProcessUsage connected;
  private ProcessUsage measuring;
  private ProcessUsage measured;
  private long highest;
  private double ownBegin;
  private double ownEnd;

  UsageLog(@Nullable ProcessProbe probe) throws IOException {
    this.probe = probe;
    begin = read();
    connected = begin;
    measuring = begin;
    measured = begin;
  }

  void connected() throws IOException {
    connected = read();
  }

  void measuring() throws IOException {
    measuring = read();
    highest = measuring.residentKilobytes();
    ownBegin = own();
  }

  void look() throws IOException {
    if (probe != null) {
      highest = Math.max(highest, read().residentKilobytes());
    }
  }

  void measured() throws IOException {
    measured = read();
    highest = Math.max(highest, measured.residentKilobytes());
    ownEnd = own();
  }

  double ownCpuSeconds() {
    return ownEnd - ownBegin;
  }

  @Nullable ServerSummary server() {
    return probe == null
        ? null
        : new ServerSummary(
            measured.cpuSeconds() - measuring.cpuSeconds(),
            begin.residentKilobytes(),
            connected.residentKilobytes(),
            measuring.residentKilobytes(),
            highest,
            measured.residentKilobytes());
  }

  private ProcessUsage read() throws IOException {
    return probe == null ? new ProcessUsage(0, 0) : probe.read();
  }

  private static double own() {
    Duration total = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return total.toNanos() / 1e9;
  }
}
