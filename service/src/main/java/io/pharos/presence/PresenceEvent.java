package io.pharos.presence;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Publication;
import java.util.Locale;
import java.util.Map;

/**
 * A user came to a destination or is gone from it.
 *
 * @param seat the user's first one or last one, over all nodes
 * @param node where that was
 */
public record PresenceEvent(Kind kind, Seat seat, String node) {

  /** What happened. */
  public enum Kind {
    JOIN,
    LEAVE;

    /** The event's name on the wire. */
    public String eventName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether events of this name are the server's on a destination that has presence events. */
  public static boolean isReserved(String eventName) {
    return eventName.equals(Kind.JOIN.eventName()) || eventName.equals(Kind.LEAVE.eventName());
  }

  /** Where it is announced. */
  public Destination destination() {
    return seat.destination();
  }

  /**
   * The message that tells it.
   *
   * @param id no other event's, so that it is told once
   */
  public Publication publication(String id) {
    // No name holds a control character.
    String user = seat.user().replace("\\", "\\\\").replace("\"", "\\\"");
    String body =
        "{\"user\":\"" + user + "\",\"session\":\"" + seat.session() + "\",\"node\":\"" + node;
    return new Publication(
        destination(),
        Body.of(body + "\"}"),
        "application/json",
        new Headers(Map.of(Headers.EVENT, kind.eventName())),
        id);
  }
}
