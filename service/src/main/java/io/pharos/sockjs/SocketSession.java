package io.pharos.sockjs;

/** Reads what comes over a WebSocket for its session. */
final class SocketSession implements SockJsSocket {
  private final Session session;
  private final Exchange socket;

  SocketSession(Session session, Exchange socket) {
    this.session = session;
    this.socket = socket;
  }

  @Override
  public void receive(String text) {
    try {
      session.inbound().receive(ClientMessages.arrayOrString(text));
    } catch (BrokenJsonException e) {
      socket.abort();
      session.disconnected();
    }
  }

  @Override
  public void closed() {
    session.disconnected();
  }
}
