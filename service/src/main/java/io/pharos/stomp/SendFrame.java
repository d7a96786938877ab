package io.pharos.stomp;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Publication;
import java.util.LinkedHashMap;
import java.util.Set;

/** Reads a SEND frame as a publication. */
final class SendFrame {
  /**
   * Headers that speak to the server and not to the receivers. Nor are those passed on that the
   * server sets itself: a message that is forwarded with all of its headers has them.
   */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("idempotency-key", "login", "passcode", "Authorization");

  private SendFrame() {}

  static Publication toPublication(Frame frame) {
    String destination = RequiredHeader.of(frame, "destination");
    var headers = new LinkedHashMap<String, String>();
    frame.forEachHeader(
        (name, value) -> {
          if (!NOT_PASSED_ON.contains(name) && !Headers.isReserved(name)) {
            headers.putIfAbsent(name, value);
          }
        });
    return new Publication(
        Destination.of(destination),
        Body.wrap(frame.body()),
        frame.header("content-type"),
        headers.isEmpty() ? Headers.NONE : new Headers(headers),
        frame.header("idempotency-key"));
  }
}
