package io.pharos.cli.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long after each failure, up to a limit, and
 * between half of that and all of it by chance, so that the clients of one server do not come back
 * all at once. Not thread-safe.
 */
public final class Backoff {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Duration limit;
  private final RandomGenerator random;
  private Duration first;
  private Duration current;

  public Backoff(Duration first, Duration limit, RandomGenerator random) {
    this.first = first;
    this.current = first;
    this.limit = limit;
    this.random = random;
  }

  /** From 0.5 s to 10 s. */
  public static Backoff standard() {
    return new Backoff(
        Duration.ofMillis(500), Duration.ofSeconds(10), RandomGenerator.getDefault());
  }

  /** The wait before the next try. */
  public Duration next() {
    long millis = current.toMillis();
    Duration doubled = current.multipliedBy(2);
    current = doubled.compareTo(limit) < 0 ? doubled : longer(limit, first);
    return Duration.ofMillis(millis - (long) (random.nextDouble() * millis / 2));
  }

  /** All is well again: the next failure counts as the first one. */
  public void reset() {
    current = first;
  }

  /** What the server asks to wait at first; taken as 0.1 s to 60 s. */
  public void startFrom(Duration delay) {
    Duration wanted = longer(SHORTEST, delay.compareTo(LONGEST) > 0 ? LONGEST : delay);
    current = current.equals(first) ? wanted : longer(current, wanted);
    first = wanted;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
