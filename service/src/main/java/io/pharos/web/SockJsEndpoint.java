package io.pharos.web;

import io.pharos.sockjs.SockJsServer;
import io.pharos.sockjs.SockJsSocket;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import org.jspecify.annotations.Nullable;

/** STOMP over SockJS over WebSocket: one instance for each client. */
@Dependent
@ServerEndpoint(
    value = "/ws/{server}/{session}/websocket",
    configurator = HandshakeConfigurator.class)
public class SockJsEndpoint {
  /** One WebSocket message, in bytes: the largest body that can be configured, escaped. */
  private static final int MAX_MESSAGE = 2 * (1 << 20) + (256 << 10);

  @Inject SockJsServer<Visitor> sockJs;

  private final Handshake handshake = Handshake.current();
  private volatile @Nullable SockJsSocket session;

  @OnOpen
  public void open(Session socket) {
    // Silence is judged by heart-beats.
    socket.setMaxIdleTimeout(0);
    session =
        sockJs.open(
            new WebSocketExchange(socket), new Visitor(handshake.identity(), handshake.address()));
  }

  @OnMessage(maxMessageSize = MAX_MESSAGE)
  public void text(String message) {
    SockJsSocket known = session;
    if (known != null) {
      known.receive(message);
    }
  }

  @OnClose
  public void close() {
    SockJsSocket known = session;
    if (known != null) {
      // The container sometimes keeps an endpoint whose connection both sides closed at once.
      session = null;
      known.closed();
    }
  }

  /** A client that breaks off is no fault of the server: one line, for those who look for it. */
  @OnError
  public void error(Session socket, Throwable failure) {
    System.getLogger(SockJsEndpoint.class.getName())
        .log(
            System.Logger.Level.DEBUG,
            "WebSocket {0} failed: {1}",
            socket.getId(),
            failure.toString());
    close();
  }
}
