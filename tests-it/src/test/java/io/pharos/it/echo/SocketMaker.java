package io.pharos.it.echo;

import jakarta.websocket.server.ServerEndpointConfig;

/** Gives each WebSocket an endpoint that knows its base. */
final class SocketMaker extends ServerEndpointConfig.Configurator {
  private final Sockets sockets;

  SocketMaker(Sockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public <T> T getEndpointInstance(Class<T> type) {
    return type.cast(sockets.make());
  }
}
