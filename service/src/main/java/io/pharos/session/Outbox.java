package io.pharos.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What waits to be written to one client, in order, bounded in messages and bytes. Not thread-safe:
 * the session's lock guards it.
 */
final class Outbox {
  /** Most writes take one item, some a few. */
  private static final int USUAL = 4;

  private final int maxMessages;
  private final long maxBytes;

  /** Handed over as it is, and made anew for the next item: an idle session keeps none. */
  private List<Outgoing> waiting = List.of();

  private long bytes;

  Outbox(SessionLimits limits) {
    this.maxMessages = limits.outboxMessages();
    this.maxBytes = limits.outboxBytes();
  }

  /** Adds one item, or refuses it because the outbox is full. */
  boolean offer(Outgoing item) {
    if (!waiting.isEmpty() && (waiting.size() >= maxMessages || bytes + item.weight() > maxBytes)) {
      return false;
    }
    force(item);
    return true;
  }

  /** Adds one item, or refuses it because it is beyond the bound in bytes. */
  boolean offerWithinBytes(Outgoing item) {
    if (bytes + item.weight() > maxBytes) {
      return false;
    }
    force(item);
    return true;
  }

  /** Adds one item beyond every bound: for the few that answer or end a session. */
  void force(Outgoing item) {
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(USUAL);
    }
    waiting.add(item);
    bytes += item.weight();
  }

  /** Whether no more than half of each bound is in use. */
  boolean hasRoom() {
    return waiting.size() <= maxMessages / 2 && bytes <= maxBytes / 2;
  }

  /** Whether there is room, and these items would all be taken. */
  boolean hasRoomFor(List<? extends Outgoing> items) {
    if (waiting.isEmpty()) {
      return true;
    }
    long weight = bytes;
    for (Outgoing item : items) {
      weight += item.weight();
    }
    return hasRoom() && weight <= maxBytes && waiting.size() + items.size() <= maxMessages;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes out the oldest items: at least one, and no more than about {@code most} bytes. */
  List<Outgoing> take(long most) {
    if (bytes <= most) {
      List<Outgoing> all = waiting;
      clear();
      return all;
    }
    int count = 0;
    long taken = 0;
    while (count < waiting.size() && (count == 0 || taken + waiting.get(count).weight() <= most)) {
      taken += waiting.get(count).weight();
      count++;
    }
    List<Outgoing> oldest = waiting.subList(0, count);
    var batch = List.copyOf(oldest);
    oldest.clear();
    bytes -= taken;
    return batch;
  }

  void clear() {
    waiting = List.of();
    bytes = 0;
  }

  int size() {
    return waiting.size();
  }

  long bytes() {
    return bytes;
  }
}
