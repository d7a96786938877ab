package io.pharos.broker;

import io.pharos.message.Message;
import io.pharos.message.Position;
import java.util.List;

/**
 * A part of what a destination retains.
 *
 * @param start the place before the earliest message retained: reading after it misses nothing of
 *     what is left
 * @param top the position of the newest message, retained or not
 * @param complete whether nothing is missing between the position that was asked for and the first
 *     message here; when false, the messages start with the earliest one retained
 * @param messages contiguous, oldest first
 */
public record History(Position start, Position top, boolean complete, List<Message> messages) {
  public History {
    messages = List.copyOf(messages);
  }
}
