package io.pharos.sse;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several destinations: the cursor is made of all their positions. {@link Cursor} has its form. */
final class CompositeCursorTracker implements CursorTracker {
  /** No more places than this fit into a cursor, however short their entries are. */
  private static final int MOST = Cursor.MAX_LENGTH / ".0-e-0".length();

  private final StreamRequest request;
  private final String head;
  private final Map<Destination, Place> places = new LinkedHashMap<>();
  private final Map<String, Place> byKey = new HashMap<>();

  /** Set once the places are there: until then, nobody but {@link #begin} looks at them. */
  private volatile boolean begun;

  private static final class Place {
    private final String key;
    private Position position;
    private String entry;
    private boolean ambiguous;

    private Place(String key, Position position) {
      this.key = key;
      this.position = position;
      this.entry = Cursor.entry(key, position);
    }

    private void moveTo(Position newPosition) {
      position = newPosition;
      entry = Cursor.entry(key, newPosition);
    }
  }

  CompositeCursorTracker(StreamRequest request) {
    this.request = request;
    this.head = Cursor.MARK + request.fingerprint();
  }

  @Override
  public void begin(Map<Destination, Position> positions) {
    positions.forEach(this::moveTo);
    begun = true;
  }

  @Override
  public void moveTo(Destination destination, Position position) {
    Place place = places.get(destination);
    if (place == null) {
      open(destination, position);
    } else {
      place.moveTo(position);
    }
  }

  @Override
  public boolean append(Message message, EventBuffer buffer) {
    Position position = message.position();
    Place place = places.get(message.destination());
    if (place != null
        && place.position.epoch().equals(position.epoch())
        && position.offset() <= place.position.offset()) {
      return false;
    }
    moveTo(message.destination(), position);
    buffer.message(message.as(EventStreamMessageFormat.INSTANCE), token());
    return true;
  }

  @Override
  public boolean hasBegun() {
    return begun;
  }

  @Override
  public String token() {
    int length = head.length() + 1;
    // Asked for with every event: those that have no room anyway are not looked at.
    boolean complete = places.size() <= MOST;
    var entries =
        new StringBuilder(Math.min(Math.min(places.size(), MOST) * 24, Cursor.MAX_LENGTH));
    int left = MOST;
    for (Place place : places.values()) {
      if (left-- == 0) {
        break;
      }
      if (place.ambiguous || length + entries.length() + place.entry.length() > Cursor.MAX_LENGTH) {
        complete = false;
      } else {
        entries.append(place.entry);
      }
    }
    return head + (complete ? "" : Cursor.INCOMPLETE) + entries;
  }

  private void open(Destination destination, Position position) {
    String key = request.key(destination);
    Place place = new Place(key, position);
    places.put(destination, place);
    @Nullable Place namesake = byKey.putIfAbsent(key, place);
    if (namesake != null) {
      // One name for two destinations names neither: both get a gap when the client comes back.
      namesake.ambiguous = true;
      place.ambiguous = true;
    }
  }
}
