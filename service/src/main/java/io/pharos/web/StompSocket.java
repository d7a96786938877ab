package io.pharos.web;

import io.pharos.admission.Admission;
import io.pharos.admission.NotAdmittedException;
import io.pharos.admission.Ticket;
import io.pharos.hub.Drain;
import io.pharos.session.CloseReason;
import io.pharos.stomp.StompServer;
import io.pharos.stomp.StompSession;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What both addresses for STOMP over WebSocket do: one instance for each client. Frames may be
 * split over messages and share them as they like.
 */
@Dependent
public class StompSocket {
  /** One WebSocket message, in bytes: the largest body that can be configured, and its headers. */
  static final int MAX_MESSAGE = (1 << 20) + (256 << 10);

  @Inject StompServer server;
  @Inject Drain drain;
  @Inject Admission admission;

  private final Handshake handshake = Handshake.current();
  private volatile @Nullable StompSession stomp;

  void open(Session socket) {
    // Silence is judged by STOMP's own heart-beats.
    socket.setMaxIdleTimeout(0);
    StompSession opened = start(new WebSocketTransport(socket, this::letGo));
    stomp = opened;
    if (drain.isDraining()) {
      opened.session().close(CloseReason.SERVER_STOPPING);
    }
  }

  /**
   * Places are taken here, not by the filter: from here on it is certain that they are given up.
   */
  private StompSession start(WebSocketTransport transport) {
    try {
      Ticket ticket = admission.enter(handshake.address());
      return server.open(transport, handshake.identity(), ticket);
    } catch (NotAdmittedException e) {
      return server.refuse(transport, e);
    }
  }

  void text(String message) {
    StompSession session = stomp;
    if (session != null) {
      session.receive(message);
    }
  }

  void binary(ByteBuffer message) {
    StompSession session = stomp;
    if (session != null) {
      session.receive(message);
    }
  }

  void close() {
    StompSession session = stomp;
    if (session != null) {
      letGo();
      session.disconnected();
    }
  }

  /** The container sometimes keeps an endpoint whose connection both sides closed at once. */
  private void letGo() {
    stomp = null;
  }

  /** A client that breaks off is no fault of the server: one line, for those who look for it. */
  void error(Session socket, Throwable failure) {
    System.getLogger(StompSocket.class.getName())
        .log(
            System.Logger.Level.DEBUG,
            "WebSocket {0} failed: {1}",
            socket.getId(),
            failure.toString());
    close();
  }
}
