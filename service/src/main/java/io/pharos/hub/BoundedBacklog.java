package io.pharos.hub;

import io.pharos.message.Message;
import io.pharos.message.Position;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Keeps all or, when it is full, leaves them to history. */
final class BoundedBacklog implements Backlog {
  private final ReplayLimits limits;
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(1);
  private long bytes;

  BoundedBacklog(ReplayLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean add(Message message) {
    if (waiting.size() >= limits.held() || bytes + message.weight() > limits.heldBytes()) {
      return false;
    }
    waiting.add(message);
    bytes += message.weight();
    return true;
  }

  @Override
  public @Nullable Message first() {
    return waiting.peek();
  }

  @Override
  public @Nullable Position hole() {
    return null;
  }

  @Override
  public void removeFirst() {
    bytes -= waiting.removeFirst().weight();
  }

  @Override
  public void clear() {
    waiting.clear();
    bytes = 0;
  }
}
