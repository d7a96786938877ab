package io.pharos.cli.bench.wire;

import io.pharos.cli.sockjs.MessageArray;
import io.pharos.cli.sockjs.SessionPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The requests of one SockJS session. */
final class SockJsRequests {
  private final StompSettings settings;
  private final SessionPath session;

  SockJsRequests(StompSettings settings, SessionPath session) {
    this.settings = settings;
    this.session = session;
  }

  /** The CONNECT frame's message. */
  String connect() {
    return settings.connect();
  }

  /** Asks for what the server has to say. */
  byte[] receive() {
    return bytes(head("xhr_streaming") + "Content-Length: 0\r\n\r\n");
  }

  byte[] send(String message) {
    byte[] body = MessageArray.bytes(message);
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        bytes(
            head("xhr_send")
                + "Content-Type: text/plain; charset=UTF-8\r\nContent-Length: "
                + body.length
                + "\r\n\r\n"));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private String head(String transport) {
    return settings.target().below(session.of(transport)).head("POST", settings.headers());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
