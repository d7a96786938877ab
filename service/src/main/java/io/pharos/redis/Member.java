package io.pharos.redis;

import io.pharos.presence.NodeInfo;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node that is alive, and its description in Redis: the words {@code 1 ID VERSION
 * STARTED-MILLISECONDS CONNECTIONS DRAINING}; a later version may add some.
 *
 * @param incarnation its address, a dot, and how often it has begun anew
 */
record Member(String incarnation, NodeInfo node) {

  /** Where it is reached: the same for all incarnations of one process. */
  String address() {
    int dot = incarnation.indexOf('.');
    return dot < 0 ? incarnation : incarnation.substring(0, dot);
  }

  static String describe(NodeInfo node) {
    return String.join(
        " ",
        "1",
        node.id(),
        node.version().replaceAll("\\s", ""),
        Long.toString(node.startedAt().toEpochMilli()),
        Integer.toString(node.connections()),
        Boolean.toString(node.draining()));
  }

  /** Null when the description is none. */
  static @Nullable Member read(String incarnation, String description) {
    String[] words = description.split(" ", -1);
    if (words.length < 6 || !words[0].equals("1")) {
      return null;
    }
    try {
      var started = Instant.ofEpochMilli(Long.parseLong(words[3]));
      int connections = Integer.parseInt(words[4]);
      boolean draining = Boolean.parseBoolean(words[5]);
      return new Member(
          incarnation, new NodeInfo(words[1], words[2], started, connections, draining));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }
}
