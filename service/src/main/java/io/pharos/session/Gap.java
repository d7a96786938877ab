package io.pharos.session;

import io.pharos.message.Destination;
import io.pharos.message.Position;

/**
 * The signal that a subscription has missed messages of a destination which cannot be replayed.
 * What is delivered next follows {@code position}.
 *
 * @param reason a short sentence for people
 */
public record Gap(
    Subscription subscription, Destination destination, Position position, String reason)
    implements Outgoing {
  @Override
  public int weight() {
    return 200;
  }
}
