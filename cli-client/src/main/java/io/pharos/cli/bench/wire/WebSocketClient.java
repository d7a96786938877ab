package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client's side of a WebSocket: handshake (RFC 6455, section 4.1), pings and close. */
final class WebSocketClient implements HttpResponseListener {
  private final Outlet outlet;
  private final String request;
  private final WebSocketListener listener;
  private final Runnable opened;
  private final WebSocketEncoder encoder = new WebSocketEncoder();
  private final HttpResponseDecoder http = new HttpResponseDecoder(this);
  private final WebSocketDecoder frames;

  /**
   * A client that has not sent anything yet.
   *
   * @param requestHead the beginning of the handshake's request
   * @param subprotocol to ask for, or null
   * @param opened what to do once the handshake is done
   */
  WebSocketClient(
      Outlet outlet,
      String requestHead,
      @Nullable String subprotocol,
      WebSocketListener listener,
      Runnable opened) {
    this.outlet = outlet;
    this.listener = listener;
    this.opened = opened;
    this.frames = new WebSocketDecoder(listener);
    byte[] nonce = new byte[16];
    new SplittableRandom().nextBytes(nonce);
    this.request =
        requestHead
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + Base64.getEncoder().encodeToString(nonce)
            + "\r\n"
            + (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            + "\r\n";
  }

  void start() {
    outlet.send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  void received(byte[] bytes, int offset, int length) {
    http.feed(bytes, offset, length);
  }

  /** Sends a text message. */
  void send(byte[] text, int length) {
    outlet.send(encoder.text(text, length));
  }

  void pong(byte[] payload) {
    outlet.send(encoder.pong(payload));
  }

  /** Answers the server's close, or begins one. */
  void close() {
    outlet.send(encoder.close(1000));
  }

  @Override
  public void head(HttpHead head) {
    if (head.status() != 101) {
      throw new WireException(
          "the server answered " + head.status() + " to a WebSocket handshake", head);
    }
    opened.run();
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    frames.feed(bytes, offset, length);
  }

  @Override
  public void end() {
    listener.close(1006, "");
  }
}
