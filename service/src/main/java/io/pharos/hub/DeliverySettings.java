package io.pharos.hub;

import io.pharos.message.Destination;
import java.util.function.Function;

/**
 * How messages are delivered on a node.
 *
 * @param overflow each destination's policy for clients that do not keep up
 * @param replaysAtOnce how many replays read at once; 0 stands for no bound
 */
public record DeliverySettings(Function<Destination, Overflow> overflow, int replaysAtOnce) {
  public static final DeliverySettings DEFAULT =
      new DeliverySettings(destination -> Overflow.DISCONNECT, 0);

  public DeliverySettings {
    if (replaysAtOnce < 0) {
      throw new IllegalArgumentException("a bound on replays must not be negative");
    }
  }
}
