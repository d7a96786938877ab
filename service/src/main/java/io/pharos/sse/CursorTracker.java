package io.pharos.sse;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;

/**
 * Where one event stream stands: follows what is written, and makes the cursor that each event
 * carries. Belongs to the stream's writer; not thread-safe.
 */
public sealed interface CursorTracker permits SingleCursorTracker, CompositeCursorTracker {

  /** For a stream that has not written anything yet. */
  static CursorTracker of(StreamRequest request) {
    return request.isSingle() ? new SingleCursorTracker() : new CompositeCursorTracker(request);
  }

  /** What follows in this destination comes after the position: at the start, and after a gap. */
  void moveTo(Destination destination, Position position);

  /**
   * Adds a message to the buffer, with the cursor after it.
   *
   * @return false when an event with this message went out before, and nothing was added: a stream
   *     whose patterns overlap gets it from each
   */
  boolean append(Message message, EventBuffer buffer);

  /** The cursor now. Until the first position is known, that of a stream without destinations. */
  String token();
}
