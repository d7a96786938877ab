package io.pharos.web;

import io.pharos.stomp.CloseCode;
import io.pharos.stomp.StompTransport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;

/**
 * A WebSocket as the carrier of frames. Blocking sends: what comes too fast waits in the session's
 * outbox.
 */
final class WebSocketTransport implements StompTransport {
  private final BlockingSocket socket;
  private final Runnable closed;

  /**
   * @param closed runs once it is closed by this side
   */
  WebSocketTransport(Session socket, Runnable closed) {
    this.socket = new BlockingSocket(socket);
    this.closed = closed;
  }

  @Override
  public void sendText(String text) throws IOException {
    socket.send(text);
  }

  @Override
  public void sendBinary(byte[] bytes) throws IOException {
    socket.send(bytes);
  }

  @Override
  public boolean pings() {
    return true;
  }

  @Override
  public void ping() throws IOException {
    socket.ping();
  }

  @Override
  public void close(CloseCode code) {
    socket.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.text()));
    closed.run();
  }
}
