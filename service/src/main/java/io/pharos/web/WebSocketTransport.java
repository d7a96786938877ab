package io.pharos.web;

import io.pharos.stomp.CloseCode;
import io.pharos.stomp.StompTransport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A WebSocket as the carrier of frames. Blocking sends: what comes too fast waits in the session's
 * outbox.
 */
final class WebSocketTransport implements StompTransport {
  private final Session socket;
  private final RemoteEndpoint.Basic remote;
  private final Runnable closed;
  private final BlockingWrite blocking = new BlockingWrite();

  /**
   * @param closed runs once it is closed by this side
   */
  WebSocketTransport(Session socket, Runnable closed) {
    this.socket = socket;
    this.closed = closed;
    // The container makes a new one each time.
    this.remote = socket.getBasicRemote();
  }

  @Override
  public void sendText(String text) throws IOException {
    blocking.begin();
    try {
      remote.sendText(text);
    } catch (IllegalStateException e) {
      throw new IOException("the WebSocket is closed", e);
    } finally {
      blocking.end();
    }
  }

  @Override
  public void sendBinary(byte[] bytes) throws IOException {
    blocking.begin();
    try {
      remote.sendBinary(ByteBuffer.wrap(bytes));
    } catch (IllegalStateException e) {
      throw new IOException("the WebSocket is closed", e);
    } finally {
      blocking.end();
    }
  }

  @Override
  public void close(CloseCode code) {
    if (socket.isOpen()) {
      closeSocket(code);
    }
    blocking.abort();
    closed.run();
  }

  private void closeSocket(CloseCode code) {
    try {
      socket.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.text()));
    } catch (IOException | IllegalStateException e) {
      System.getLogger(WebSocketTransport.class.getName())
          .log(System.Logger.Level.DEBUG, "The WebSocket is closed already: {0}", e.getMessage());
    }
  }
}
