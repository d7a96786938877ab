package io.pharos.it.echo;

import io.pharos.sockjs.SockJsServer;
import io.pharos.web.SockJsServlet;
import jakarta.servlet.http.HttpServletRequest;

/** One base by HTTP. */
final class BaseServlet extends SockJsServlet<String> {
  private static final long serialVersionUID = 1L;

  private final transient SockJsServer<String> server;

  BaseServlet(SockJsServer<String> server) {
    this.server = server;
  }

  @Override
  protected SockJsServer<String> server() {
    return server;
  }

  @Override
  protected String client(HttpServletRequest request) {
    return "anybody";
  }
}
