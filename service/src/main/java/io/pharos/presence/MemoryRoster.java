package io.pharos.presence;

import io.pharos.broker.Broker;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The seats of a node that is alone. */
public final class MemoryRoster implements Roster {
  private record Presence(Destination destination, String user) {}

  private final Broker broker;
  private final String node;
  private final Map<Presence, Set<Seat>> present = new HashMap<>();

  /**
   * @param broker where events are published
   */
  public MemoryRoster(Broker broker, String node) {
    this.broker = broker;
    this.node = node;
  }

  @Override
  public Outcome update(Update update) {
    update.changes().forEach(this::apply);
    return Outcome.STORED;
  }

  private void apply(SeatChange change) {
    Seat seat = change.seat();
    var presence = new Presence(seat.destination(), seat.user());
    Set<Seat> seats = present.computeIfAbsent(presence, key -> new HashSet<>(2));
    boolean first = seats.isEmpty();
    if (change.taken() && seats.add(seat) && first) {
      publish(new PresenceEvent(PresenceEvent.Kind.JOIN, seat, node));
    } else if (!change.taken() && seats.remove(seat) && seats.isEmpty()) {
      publish(new PresenceEvent(PresenceEvent.Kind.LEAVE, seat, node));
    }
    if (seats.isEmpty()) {
      present.remove(presence);
    }
  }

  /** A broker in memory that refuses now has no room for the destination, or has ended. */
  private void publish(PresenceEvent event) {
    try {
      broker.publish(List.of(event.publication(UUID.randomUUID().toString())));
    } catch (PharosException e) {
      System.getLogger(MemoryRoster.class.getName())
          .log(Level.WARNING, "Not announced at {0}: {1}", event.destination(), e.detail());
    }
  }
}
