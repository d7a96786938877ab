package io.pharos.hub;

import io.pharos.message.Message;
import io.pharos.message.Position;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one lane that wait because their client does not take them now, oldest first.
 * Bounded, and each overflow policy has its own way of keeping the bound. The lane's lock guards
 * it.
 */
interface Backlog {

  /**
   * Adds a message that follows all that was added before.
   *
   * @return false when it finds no room, and has to be read from history later
   */
  boolean add(Message message);

  /** The oldest message, or null when nothing waits. */
  @Nullable Message first();

  /** The position up to which messages before the first one were dropped, or null if none was. */
  @Nullable Position hole();

  /** Takes out the oldest message, with what was dropped before it. */
  void removeFirst();

  void clear();
}
