package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.presence.PresenceEvent;
import io.pharos.presence.Seat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event in the list of those that wait to be published.
 *
 * @param entry what stands in the list
 * @param id no other event's
 * @param millis when it happened, by Redis' clock
 */
record WaitingEvent(String entry, String id, long millis, PresenceEvent event) {

  /** Null when it is none, or could not be found again by its text. */
  static @Nullable WaitingEvent read(byte[] entry) {
    var text = new String(entry, StandardCharsets.UTF_8);
    String[] words = text.split(" ", 7);
    if (words.length != 7 || !Arrays.equals(entry, text.getBytes(StandardCharsets.UTF_8))) {
      return null;
    }
    try {
      var seat = new Seat(Destination.of(words[5]), words[6], words[4]);
      var event = new PresenceEvent(PresenceEvent.Kind.valueOf(words[2]), seat, words[3]);
      return new WaitingEvent(text, words[0], Long.parseLong(words[1]), event);
    } catch (PharosException | IllegalArgumentException e) {
      return null;
    }
  }

  /** What stands in the list. */
  byte[] bytes() {
    return entry.getBytes(StandardCharsets.UTF_8);
  }
}
