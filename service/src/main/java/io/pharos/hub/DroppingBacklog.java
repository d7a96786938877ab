package io.pharos.hub;

import io.pharos.message.Message;
import io.pharos.message.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest messages: one that has the same key as a newer one gives way to it without a
 * word, and when it is full, the oldest gives way and leaves a hole.
 */
final class DroppingBacklog implements Backlog {
  private final ReplayLimits limits;
  private final Function<Message, Object> key;
  private final PressureMetrics metrics;

  /** In the order of their positions: whoever replaces another goes to the end. */
  private final Map<Object, Message> waiting = new LinkedHashMap<>(2);

  private long bytes;
  private @Nullable Position hole;

  /**
   * @param key equal for messages of which the newest stands for all
   */
  DroppingBacklog(ReplayLimits limits, Function<Message, Object> key, PressureMetrics metrics) {
    this.limits = limits;
    this.key = key;
    this.metrics = metrics;
  }

  @Override
  public boolean add(Message message) {
    Object name = key.apply(message);
    Message replaced = waiting.remove(name);
    if (replaced != null) {
      bytes -= replaced.weight();
      metrics.conflated();
    }
    waiting.put(name, message);
    bytes += message.weight();
    while (waiting.size() > 1 && (waiting.size() > limits.held() || bytes > limits.heldBytes())) {
      hole = takeFirst().position();
      metrics.dropped();
    }
    return true;
  }

  @Override
  public @Nullable Message first() {
    return waiting.isEmpty() ? null : waiting.values().iterator().next();
  }

  @Override
  public @Nullable Position hole() {
    return hole;
  }

  @Override
  public void removeFirst() {
    takeFirst();
    hole = null;
  }

  private Message takeFirst() {
    var all = waiting.values().iterator();
    Message first = all.next();
    all.remove();
    bytes -= first.weight();
    return first;
  }

  @Override
  public void clear() {
    waiting.clear();
    bytes = 0;
    hole = null;
  }
}
