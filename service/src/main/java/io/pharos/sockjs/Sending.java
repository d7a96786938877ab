package io.pharos.sockjs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what clients send by requests of their own: {@code xhr_send}, {@code jsonp_send}. */
final class Sending {
  private final int bodyLimit;

  Sending(int bodyLimit) {
    this.bodyLimit = bodyLimit;
  }

  /** Reads the messages, and says how they went once the handler has them. */
  Reply reply(Request request, Inbound inbound, Transport transport) throws IOException {
    byte[] body = request.body(bodyLimit);
    if (body == null) {
      return new Reply.Now(Answer.text(413, "The body is larger than " + bodyLimit + " bytes.\n"));
    }
    if (inbound.isCrowded()) {
      return new Reply.Now(Answer.text(503, "Too many requests of this session at once.\n"));
    }
    String json = transport == Transport.JSONP_SEND ? form(request, body) : text(body);
    if (json == null || json.isEmpty()) {
      return new Reply.Now(
          Answer.text(500, json == null ? "Broken JSON encoding." : "Payload expected."));
    }
    List<String> messages;
    try {
      messages = ClientMessages.array(json);
    } catch (BrokenJsonException e) {
      return new Reply.Now(Answer.text(500, "Broken JSON encoding."));
    }
    return new Reply.Later(
        () -> {
          inbound.alive();
          inbound.receive(messages);
          return transport == Transport.JSONP_SEND ? Answer.text(200, "ok") : Answer.text(204, "");
        });
  }

  /** A form's field {@code d}; any other content is the messages themselves. */
  private static @Nullable String form(Request request, byte[] body) {
    String text = text(body);
    String type = request.header("Content-Type");
    if (text == null || type == null || !isForm(type)) {
      return text;
    }
    String data = new Form(text).value("d");
    return data == null ? "" : data;
  }

  /** Media types are compared without case and their parameters (RFC 9110, section 8.3.1). */
  private static boolean isForm(String type) {
    return type.split(";", 2)[0].strip().equalsIgnoreCase("application/x-www-form-urlencoded");
  }

  private static @Nullable String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
