package io.pharos.stomp;

import io.pharos.session.Gap;
import org.jspecify.annotations.Nullable;

/**
 * The MESSAGE that announces missed messages; its id is a position, so clients can resume there.
 */
final class GapFrame {
  private GapFrame() {}

  /**
   * @param ack what the client calls it when it acknowledges it, or null
   */
  static Frame of(Gap gap, @Nullable String ack, Version version) {
    String destination = gap.destination().asSeenByClient();
    String position = gap.position().toString();
    // Neither a destination nor a reason can hold a quote, a backslash or a control character.
    String body =
        "{\"destination\":\"%s\",\"position\":\"%s\",\"reason\":\"%s\"}"
            .formatted(destination, position, gap.reason());
    return Frame.of(Command.MESSAGE)
        .header("subscription", gap.subscription().id())
        .header("destination", destination)
        .header("message-id", position)
        .header("position", position)
        .headerIfPresent("ack", version == Version.V1_2 ? ack : null)
        .header("pharos-event", "gap")
        .header("pharos-reason", gap.reason())
        .header("content-type", "application/json")
        .body(body)
        .build();
  }
}
