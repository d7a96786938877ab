package io.pharos.sse;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import org.jspecify.annotations.Nullable;

/** One destination: the cursor is its position, and every message's shared form has it already. */
final class SingleCursorTracker implements CursorTracker {
  private @Nullable Position position;

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
  public String token() {
    if (position == null) {
      throw new IllegalStateException("the stream's position is not known yet");
    }
    return position.toString();
  }
}
