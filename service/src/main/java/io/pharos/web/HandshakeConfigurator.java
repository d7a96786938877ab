package io.pharos.web;

import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** What Pharos has the container decide otherwise in a handshake (RFC 6455, section 4.2.2). */
public class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

  /** {@link OriginFilter} has checked it, with an answer of its own. */
  @Override
  public boolean checkOrigin(String origin) {
    return true;
  }

  /**
   * The best that the client knows, whichever it names first: some name the oldest version of STOMP
   * first and then speak it.
   *
   * @param supported the best one first
   * @return empty for none
   */
  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    return supported.stream().filter(requested::contains).findFirst().orElse("");
  }
}
