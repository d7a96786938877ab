package io.pharos.cli.sockjs;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** A close frame, without its {@code c}, as it comes. */
final class CloseFrame {
  private final int limit;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

  CloseFrame(int limit) {
    this.limit = limit;
  }

  void add(byte b) {
    if (bytes.size() >= limit) {
      throw new MalformedFrameException(
          "the server sent a SockJS close frame over " + limit + " bytes");
    }
    bytes.write(b);
  }

  /** It is complete. */
  void tell(FrameListener listener) {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes = new ByteArrayOutputStream(0);
    int code;
    String reason;
    try (var reader = Json.createReader(new StringReader(text))) {
      JsonArray array = reader.readArray();
      code = array.getJsonNumber(0).intValueExact();
      reason = array.getString(1);
    } catch (JsonException
        | ClassCastException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw new MalformedFrameException("the server sent a malformed SockJS close frame");
    }
    listener.closed(code, reason);
  }
}
