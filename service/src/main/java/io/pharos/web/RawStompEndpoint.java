package io.pharos.web;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/**
 * SockJS' address for WebSockets without its frames: the same as {@code /ws}. No subclass of the
 * other endpoint: to CDI it would be one more of its kind.
 */
@Dependent
@ServerEndpoint(
    value = "/ws/websocket",
    subprotocols = {"v12.stomp", "v11.stomp", "v10.stomp"},
    configurator = HandshakeConfigurator.class)
public class RawStompEndpoint {
  @Inject StompSocket stomp;

  @OnOpen
  public void open(Session socket) {
    stomp.open(socket);
  }

  @OnMessage(maxMessageSize = StompSocket.MAX_MESSAGE)
  public void text(String message) {
    stomp.text(message);
  }

  @OnMessage(maxMessageSize = StompSocket.MAX_MESSAGE)
  public void binary(ByteBuffer message) {
    stomp.binary(message);
  }

  @OnClose
  public void close() {
    stomp.close();
  }

  @OnError
  public void error(Session socket, Throwable failure) {
    stomp.error(socket, failure);
  }
}
