package io.pharos.web;

import io.pharos.admission.Admission;
import io.pharos.admission.NotAdmittedException;
import io.pharos.hub.Drain;
import io.pharos.session.CloseReason;
import io.pharos.sockjs.CloseStatus;
import io.pharos.sockjs.SockJsConnection;
import io.pharos.sockjs.SockJsHandler;
import io.pharos.sockjs.SockJsService;
import io.pharos.stomp.CloseCode;
import io.pharos.stomp.StompServer;
import io.pharos.stomp.StompSession;
import org.jspecify.annotations.Nullable;

/** What travels inside of SockJS: STOMP, let in and counted as over a WebSocket of its own. */
public final class StompOverSockJs implements SockJsService<Visitor> {
  private final StompServer server;
  private final Admission admission;
  private final Drain drain;

  public StompOverSockJs(StompServer server, Admission admission, Drain drain) {
    this.server = server;
    this.admission = admission;
    this.drain = drain;
  }

  /** A close frame is what SockJS' clients understand, and come back after: no status is. */
  @Override
  public @Nullable CloseStatus refusal(Visitor visitor) {
    try {
      admission.handshake(visitor.address());
      return null;
    } catch (NotAdmittedException e) {
      return new CloseStatus(CloseCode.of(CloseReason.BUSY).code(), e.refusal().text());
    }
  }

  @Override
  public boolean isSame(Visitor opener, Visitor visitor) {
    return opener.lets(visitor);
  }

  @Override
  public SockJsHandler open(SockJsConnection connection, Visitor visitor) {
    var transport = new SockJsTransport(connection);
    StompSession session = start(transport, visitor);
    if (drain.isDraining()) {
      session.session().close(CloseReason.SERVER_STOPPING);
    }
    return new Frames(session, new SplitText());
  }

  private StompSession start(SockJsTransport transport, Visitor visitor) {
    try {
      return server.open(transport, visitor.identity(), admission.enter(visitor.address()));
    } catch (NotAdmittedException e) {
      return server.refuse(transport, e);
    }
  }

  private record Frames(StompSession session, SplitText text) implements SockJsHandler {
    @Override
    public void message(String message) {
      session.receive(text.utf8(message));
    }

    @Override
    public void alive() {
      session.alive();
    }

    @Override
    public void closed() {
      session.disconnected();
    }
  }
}
