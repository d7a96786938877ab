package io.pharos.sse;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One destination: the cursor is its position, and every message's shared form has it already. */
final class SingleCursorTracker implements CursorTracker {
  /** Volatile because last words may come from another thread than the stream's beginning. */
  private volatile @Nullable Position position;

  @Override
  public void begin(Map<Destination, Position> positions) {
    positions.forEach(this::moveTo);
  }

  @Override
  public void moveTo(Destination destination, Position newPosition) {
    position = newPosition;
  }

  @Override
  public boolean append(Message message, EventBuffer buffer) {
    position = message.position();
    buffer.message(message.as(EventStreamMessageFormat.INSTANCE));
    return true;
  }

  @Override
  public boolean hasBegun() {
    return position != null;
  }

  @Override
  public String token() {
    Position known = position;
    if (known == null) {
      throw new IllegalStateException("the stream has not begun");
    }
    return known.toString();
  }
}
