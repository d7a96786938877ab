package io.pharos.web;

import io.pharos.stomp.CloseCode;
import io.pharos.stomp.StompTransport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as the carrier of frames. Blocking sends: what comes too fast waits in the session's
 * outbox.
 */
final class WebSocketTransport implements StompTransport {
  private final Session socket;
  private volatile @Nullable Thread writer;

  WebSocketTransport(Session socket) {
    this.socket = socket;
  }

  @Override
  public void sendText(String text) throws IOException {
    writer = Thread.currentThread();
    try {
      socket.getBasicRemote().sendText(text);
    } catch (IllegalStateException e) {
      throw new IOException("the WebSocket is closed", e);
    } finally {
      writer = null;
    }
  }

  @Override
  public void sendBinary(byte[] bytes) throws IOException {
    writer = Thread.currentThread();
    try {
      socket.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes));
    } catch (IllegalStateException e) {
      throw new IOException("the WebSocket is closed", e);
    } finally {
      writer = null;
    }
  }

  @Override
  public void close(CloseCode code) {
    Thread blocked = writer;
    if (blocked != null) {
      // A send to a client that has stopped reading waits inside the container.
      blocked.interrupt();
    }
    if (!socket.isOpen()) {
      return;
    }
    try {
      socket.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), code.text()));
    } catch (IOException | IllegalStateException e) {
      System.getLogger(WebSocketTransport.class.getName())
          .log(System.Logger.Level.DEBUG, "The WebSocket is closed already: {0}", e.getMessage());
    }
  }
}
