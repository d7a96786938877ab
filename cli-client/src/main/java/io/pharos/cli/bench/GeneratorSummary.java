package io.pharos.cli.bench;

/**
 * How busy the benchmark itself was.
 *
 * @param cpuSeconds user and system time of its process while measuring
 * @param readerBusy share of the time that the clients' thread was at work, 0 to 1
 * @param longestRoundMillis the longest that a client can have waited for its turn
 */
public record GeneratorSummary(double cpuSeconds, double readerBusy, double longestRoundMillis) {

  /** Whether the figures may say more about the benchmark than about the server. */
  public boolean isSaturated() {
    return readerBusy > 0.8;
  }
}
