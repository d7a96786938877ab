package io.pharos.stomp;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.util.LinkedHashMap;
import java.util.Set;

/** Reads a SEND frame as a publication. */
final class SendFrame {
  /** Headers that speak to the server and not to the receivers. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "destination",
          "content-type",
          "content-length",
          "receipt",
          "idempotency-key",
          "login",
          "passcode",
          "Authorization");

  private SendFrame() {}

  static Publication toPublication(Frame frame) {
    String destination = frame.header("destination");
    if (destination == null) {
      throw PharosException.badRequest("SEND needs the header 'destination'");
    }
    if (frame.header("transaction") != null) {
      throw new PharosException(
          PharosException.Code.UNSUPPORTED, "transactions are not supported yet");
    }
    var headers = new LinkedHashMap<String, String>();
    frame.forEachHeader(
        (name, value) -> {
          if (!NOT_PASSED_ON.contains(name)) {
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
