package io.pharos.web;

import io.pharos.sockjs.Exchange;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;

/** A WebSocket that frames of SockJS are written to, each as a message. */
public final class WebSocketExchange implements Exchange {
  private final BlockingSocket socket;

  /**
   * @param socket open
   */
  public WebSocketExchange(Session socket) {
    this.socket = new BlockingSocket(socket);
  }

  @Override
  public void write(String piece) throws IOException {
    socket.send(piece);
  }

  @Override
  public void end(String piece) throws IOException {
    write(piece);
    abort();
  }

  @Override
  public void abort() {
    socket.close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
  }
}
