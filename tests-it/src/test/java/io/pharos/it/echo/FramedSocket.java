package io.pharos.it.echo;

import io.pharos.sockjs.SockJsServer;
import io.pharos.sockjs.SockJsSocket;
import io.pharos.web.WebSocketExchange;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/** SockJS' frames over a WebSocket. */
public final class FramedSocket extends Endpoint {
  private final SockJsServer<String> server;
  private volatile @Nullable SockJsSocket session;

  FramedSocket(SockJsServer<String> server) {
    this.server = server;
  }

  @Override
  public void onOpen(Session socket, EndpointConfig config) {
    SockJsSocket opened = server.open(new WebSocketExchange(socket), "anybody");
    session = opened;
    socket.addMessageHandler(
        new MessageHandler.Whole<String>() {
          @Override
          public void onMessage(String text) {
            opened.receive(text);
          }
        });
  }

  @Override
  public void onClose(Session socket, CloseReason reason) {
    SockJsSocket opened = session;
    if (opened != null) {
      opened.closed();
    }
  }
}
