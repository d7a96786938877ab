package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.admission.NotAdmittedException;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Gap;
import io.pharos.session.Session;
import io.pharos.sse.CursorTracker;
import io.pharos.sse.EventBuffer;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The events that the server itself sends: {@code connected}, {@code gap}, {@code expired}, and the
 * last words.
 */
final class ControlEvents {
  private static final Duration RETRY = Duration.ofSeconds(2);

  static final StreamEvent HEARTBEAT = StreamEvent.encoded(new EventBuffer().comment(""));

  private ControlEvents() {}

  /**
   * The first event of a stream: who the caller is, and from where it goes on.
   *
   * @param cursor the stream's position, as its id: the client must not lose the one it had
   * @param atMostOnce the destinations that keep no history
   */
  static StreamEvent connected(
      Session session,
      String cursor,
      Map<Destination, Position> positions,
      Collection<Destination> atMostOnce) {
    JsonObjectBuilder places = JSON.createObjectBuilder();
    positions.forEach(
        (destination, position) -> places.add(destination.asSeenByClient(), position.toString()));
    JsonObjectBuilder data =
        JSON.createObjectBuilder()
            .add("user", session.identity().user().value())
            .add("session", session.id())
            .add("position", cursor)
            .add("positions", places);
    if (!atMostOnce.isEmpty()) {
      JsonArrayBuilder names = JSON.createArrayBuilder();
      atMostOnce.forEach(destination -> names.add(destination.asSeenByClient()));
      data.add("atMostOnce", names);
    }
    String json = data.build().toString();
    return new StreamEvent(
        json.length() + 64, buffer -> buffer.retry(RETRY).event(cursor, "connected", json));
  }

  static String gap(Gap gap) {
    return JSON.createObjectBuilder()
        .add("destination", gap.destination().asSeenByClient())
        .add("position", gap.position().toString())
        .add("reason", gap.reason())
        .build()
        .toString();
  }

  /**
   * The whole stream of a client that there is no room for: when to come back, and why. It has no
   * id, so that the client keeps its own.
   */
  static byte[] refusal(NotAdmittedException refusal) {
    return new EventBuffer().retry(refusal.pause()).comment(refusal.detail()).toByteArray();
  }

  /**
   * The whole stream of a client that cannot be served at the moment: come back at a time drawn by
   * lot, and why. Without an id as well.
   */
  static byte[] notNow(PharosException failure) {
    var pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(2_000, 12_000));
    return new EventBuffer().retry(pause).comment(failure.detail()).toByteArray();
  }

  /**
   * What a client hears last: when to come back, why the stream ends, and after which position it
   * can go on.
   *
   * @param cursor the stream's position, asked for when all else is written; the client of a stream
   *     that has not begun keeps the one that it has
   */
  static StreamEvent farewell(CloseReason reason, CursorTracker cursor) {
    Duration retry =
        // Many at once: all that were here, and those that come while the broker is away.
        reason == CloseReason.SERVER_STOPPING || reason == CloseReason.UNAVAILABLE
            ? Duration.ofMillis(ThreadLocalRandom.current().nextLong(500, 5000))
            : Duration.ofSeconds(1);
    return new StreamEvent(
        128,
        buffer -> {
          buffer.retry(retry).comment(reason.text());
          if (cursor.hasBegun()) {
            buffer.comment("Resume after " + cursor.token());
          }
          if (reason == CloseReason.TOKEN_EXPIRED) {
            buffer.event(null, "expired", "{\"reason\":\"" + reason.text() + "\"}");
          }
        });
  }
}
