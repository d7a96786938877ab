package io.pharos.cli.bench;

import java.time.Duration;

/**
 * What a benchmark does to a server.
 *
 * @param clients that subscribe
 * @param destinations over which the clients are spread evenly
 * @param size of each message, in bytes
 * @param rate publications a second in total
 * @param burst publications at once, to one destination; the rate stays the same
 * @param warmUp before measuring
 * @param duration of measuring
 * @param slow clients that stop reading once they are subscribed
 * @param churn whether the clients drop and resume while it runs
 */
public record Load(
    int clients,
    int destinations,
    int size,
    double rate,
    int burst,
    Duration warmUp,
    Duration duration,
    int slow,
    Churn churn) {

  /** What clients do beside reading. */
  public enum Churn {
    STAY,
    /** Drop the connection now and then, and come back with the position. */
    DROP_AND_RESUME,
    /** Come back with the position when the server has ended the connection. */
    RETURN
  }

  public Load {
    require(clients >= 1, "--clients must be at least 1");
    require(destinations >= 1, "--destinations must be at least 1");
    require(destinations <= clients, "--destinations must not exceed --clients");
    require(rate > 0 && rate <= 1e6, "--rate must be above 0, at most 1000000");
    require(burst >= 1 && burst <= 10_000, "--burst must be from 1 to 10000");
    require(slow >= 0 && slow < clients, "--slow must leave clients that read");
    require(size <= 1 << 20, "--size must be at most 1 MiB");
    require(duration.isPositive() && !warmUp.isNegative(), "--duration must be above 0");
  }

  /** The destination of a client: neighbours have different ones. */
  public int destinationOf(int client) {
    return client % destinations;
  }

  /** Whether the client stops reading. */
  public boolean isSlow(int client) {
    // The last ones, so that every destination keeps readers as long as possible.
    return client >= clients - slow;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
