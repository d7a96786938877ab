package io.pharos.sockjs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The messages that wait for a client, bounded. Not thread-safe. */
final class Outbound {
  private static final int MOST_MESSAGES = 100;
  private static final long MOST_CHARACTERS = 256 << 10;

  private final Queue<String> messages = new ArrayDeque<>(2);
  private long characters;

  /** Whether one more has to wait. One that waits alone may be of any length. */
  boolean isFullFor(String message) {
    return !messages.isEmpty()
        && (messages.size() >= MOST_MESSAGES || characters + message.length() > MOST_CHARACTERS);
  }

  void add(String message) {
    messages.add(message);
    characters += message.length();
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** All that waits, for one frame. */
  List<String> take() {
    List<String> all = new ArrayList<>(messages);
    clear();
    return all;
  }

  void clear() {
    messages.clear();
    characters = 0;
  }
}
