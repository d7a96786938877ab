package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that this node has taken from a queue.
 *
 * @param id what Redis calls it, OFFSET-TIME
 * @param message null when what stands there is none
 */
record TakenMessage(String id, int deliveries, @Nullable Message message) {

  static TakenMessage read(Destination queue, String epoch, List<?> parts) {
    String id = QueueCalls.text(parts.get(0));
    int deliveries = ((Long) parts.get(1)).intValue();
    byte[] head = (byte[]) parts.get(2);
    byte[] body = (byte[]) parts.get(3);
    return new TakenMessage(id, deliveries, message(queue, epoch, id, head, body));
  }

  private static @Nullable Message message(
      Destination queue, String epoch, String id, byte[] head, byte[] body) {
    try {
      int dash = id.indexOf('-');
      var position = new Position(epoch, Long.parseLong(id.substring(0, dash)));
      var time = Instant.ofEpochMilli(Long.parseLong(id.substring(dash + 1)));
      return MessageHead.decode(queue, position, time, head, body);
    } catch (PharosException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
