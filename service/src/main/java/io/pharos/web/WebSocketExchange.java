package io.pharos.web;

import io.pharos.sockjs.Exchange;
import jakarta.websocket.Session;
import java.io.IOException;

/** A WebSocket that frames of SockJS are written to, each as a message. */
public final class WebSocketExchange implements Exchange {
  private final Session socket;
  private final BlockingWrite blocking = new BlockingWrite();

  /**
   * @param socket open
   */
  public WebSocketExchange(Session socket) {
    this.socket = socket;
  }

  @Override
  public void write(String piece) throws IOException {
    blocking.begin();
    try {
      socket.getBasicRemote().sendText(piece);
    } catch (IllegalStateException e) {
      throw new IOException("the WebSocket is closed", e);
    } finally {
      blocking.end();
    }
  }

  @Override
  public void end(String piece) throws IOException {
    write(piece);
    close();
  }

  @Override
  public void abort() {
    close();
    blocking.abort();
  }

  private void close() {
    try {
      if (socket.isOpen()) {
        socket.close();
      }
    } catch (IOException | IllegalStateException e) {
      System.getLogger(WebSocketExchange.class.getName())
          .log(System.Logger.Level.DEBUG, "The WebSocket is closed already: {0}", e.getMessage());
    }
  }
}
