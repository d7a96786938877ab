package io.pharos.web;

import io.pharos.sockjs.SockJsServer;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;

/** STOMP over SockJS' transports by HTTP. */
@WebServlet(urlPatterns = "/ws/*", asyncSupported = true)
public class StompSockJsServlet extends SockJsServlet<Visitor> {
  private static final long serialVersionUID = 1L;

  @Inject transient SockJsServer<Visitor> sockJs;
  @Inject transient RequestIdentity identities;
  @Inject transient ClientAddress addresses;

  @Override
  protected SockJsServer<Visitor> server() {
    return sockJs;
  }

  @Override
  protected Visitor client(HttpServletRequest request) {
    return new Visitor(identities.of(request), addresses.of(request));
  }
}
