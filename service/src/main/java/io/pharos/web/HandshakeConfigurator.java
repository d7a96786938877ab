package io.pharos.web;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

/** Takes what the container leaves of a handshake into {@link Handshake}. */
public class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

  /** {@link OriginFilter} has checked it, with an answer of its own. */
  @Override
  public boolean checkOrigin(String origin) {
    return true;
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    if (request.getHttpSession() instanceof HttpSession session) {
      Handshake.current().keep(session);
    }
  }
}
