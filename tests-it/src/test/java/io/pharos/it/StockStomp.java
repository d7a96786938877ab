package io.pharos.it;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A STOMP client that nobody wrote for Pharos, connected and told what to do. What reaches it is
 * kept in its order until it is asked for.
 */
interface StockStomp extends AutoCloseable {

  /** What reached the client: connected, message, receipt, error or closed is its type. */
  final class Received {
    private final String type;
    private final Map<String, String> headers;
    private final byte[] body;

    Received(String type, Map<String, String> headers, byte[] body) {
      this.type = type;
      this.headers = headers;
      this.body = body;
    }

    String type() {
      return type;
    }

    Map<String, String> headers() {
      return headers;
    }

    byte[] body() {
      return body;
    }

    String header(String name) {
      String value = headers.get(name);
      if (value == null) {
        throw new AssertionError("no header '" + name + "' in " + headers);
      }
      return value;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return type + " " + headers + " with " + body.length + " bytes";
    }
  }

  /** Sends SUBSCRIBE; a header {@code receipt} asks for one. */
  void subscribe(String destination, Map<String, String> headers);

  void send(String destination, Map<String, String> headers, String text);

  /** Sends a body that is not to be taken for text. */
  void send(String destination, Map<String, String> headers, byte[] bytes);

  void ack(Received message);

  void nack(Received message);

  /** What reached the client next; fails when nothing does in time. */
  Received next();

  /** {@link #next}, which must be of this type. */
  default Received expect(String type) {
    Received received = next();
    if (!received.type().equals(type)) {
      throw new AssertionError("not " + type + " but " + received + ": " + received.text());
    }
    return received;
  }

  /** Ends the client. */
  @Override
  void close();
}
