package io.pharos.cli.bench;

import io.pharos.cli.bench.measure.ProcessProbe;
import io.pharos.cli.bench.measure.ProcessUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the server and the benchmark use, at the turning points of a run. */
final class UsageLog {
  private final @Nullable ProcessProbe probe;
  private final LongSupplier readerBusy;
  private final ProcessUsage begin;
  private ProcessUsage connected;
  private ProcessUsage measuring;
  private ProcessUsage measured;
  private long highest;
  private double ownBegin;
  private double ownEnd;
  private long readerBusyNanos;

  /**
   * @param readerBusy for how many nanoseconds the clients' thread has been at work by now
   */
  UsageLog(@Nullable ProcessProbe probe, LongSupplier readerBusy) throws IOException {
    this.probe = probe;
    this.readerBusy = readerBusy;
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

  /** A delivery has come, or the publications are over. What is used after the last one is not. */
  void measured() throws IOException {
    measured = read();
    highest = Math.max(highest, measured.residentKilobytes());
    ownEnd = own();
    readerBusyNanos = readerBusy.getAsLong();
  }

  long readerBusyNanos() {
    return readerBusyNanos;
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
