package io.pharos.cli.bench.measure;

import org.HdrHistogram.Histogram;

/** A distribution of times from a nanosecond to ten minutes, exact to three digits. */
public final class Latency {
  private static final long HIGHEST = 600_000_000_000L;

  private final Histogram histogram = new Histogram(HIGHEST, 3);

  /** Adds a time in nanoseconds; one beyond ten minutes counts as ten minutes. */
  public void record(long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, HIGHEST));
  }

  public long count() {
    return histogram.getTotalCount();
  }

  /** The time in milliseconds that so many percent do not exceed; 0 when there is none. */
  public double millis(double percentile) {
    return count() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e6;
  }

  /** The longest time in milliseconds. */
  public double maxMillis() {
    return count() == 0 ? 0 : histogram.getMaxValue() / 1e6;
  }
}
