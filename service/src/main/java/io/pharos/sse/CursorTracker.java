package io.pharos.sse;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import java.util.Map;

/**
 * Where one event stream stands: follows what is written, and makes the cursor that each event
 * carries. Belongs to the stream's writer; not thread-safe. Only {@link #begin} may be another
 * thread's, before anything is written that has a cursor.
 */
public sealed interface CursorTracker permits SingleCursorTracker, CompositeCursorTracker {

  /** For a stream that has not written anything yet. */
  static CursorTracker of(StreamRequest request) {
    return request.isSingle() ? new SingleCursorTracker() : new CompositeCursorTracker(request);
  }

  /** The stream begins after these positions: none for patterns that have found nothing yet. */
  void begin(Map<Destination, Position> positions);

  /** What follows in this destination comes after the position: after a gap. */
  void moveTo(Destination destination, Position position);

  /**
   * Adds a message to the buffer, with the cursor after it.
   *
   * @return false when an event with this message went out before, and nothing was added: a stream
   *     whose patterns overlap gets it from each
   */
  boolean append(Message message, EventBuffer buffer);

  /** Whether the stream has begun. Until then its client knows better where it is. */
  boolean hasBegun();

  /** The cursor now, of a stream that has begun. */
  String token();
}
