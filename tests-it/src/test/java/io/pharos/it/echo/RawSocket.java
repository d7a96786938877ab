package io.pharos.it.echo;

import io.pharos.sockjs.CloseStatus;
import io.pharos.sockjs.SockJsConnection;
import io.pharos.sockjs.SockJsHandler;
import io.pharos.sockjs.SockJsService;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;

/** A WebSocket without SockJS' frames. */
public final class RawSocket extends Endpoint {
  private final SockJsService<String> service;

  RawSocket(SockJsService<String> service) {
    this.service = service;
  }

  @Override
  public void onOpen(Session socket, EndpointConfig config) {
    SockJsHandler handler = service.open(new Connection(socket), "anybody");
    socket.addMessageHandler(
        new MessageHandler.Whole<String>() {
          @Override
          public void onMessage(String text) {
            handler.message(text);
          }
        });
  }

  private record Connection(Session socket) implements SockJsConnection {
    @Override
    public void send(String message) throws IOException {
      socket.getBasicRemote().sendText(message);
    }

    @Override
    public void close(CloseStatus status) {
      try {
        socket.close(
            new CloseReason(CloseReason.CloseCodes.getCloseCode(status.code()), status.reason()));
      } catch (IOException e) {
        System.getLogger(RawSocket.class.getName())
            .log(System.Logger.Level.DEBUG, "It is closed already: {0}", e.getMessage());
      }
    }

    @Override
    public String transport() {
      return "websocket";
    }
  }
}
