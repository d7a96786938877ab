package io.pharos.broker;

import io.pharos.message.Destination;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * For how long messages of a destination may wait for others, to leave together with them.
 *
 * @param longest the bound for each destination; zero lets nothing wait
 * @param nanoTime a clock that never goes back, in ns, from any origin
 */
public record Linger(Function<Destination, Duration> longest, LongSupplier nanoTime) {
  /** Nothing waits. */
  public static final Linger NONE = new Linger(destination -> Duration.ZERO, () -> 0);

  Pace pace(Destination destination) {
    return new Pace(longest.apply(destination), nanoTime);
  }
}
