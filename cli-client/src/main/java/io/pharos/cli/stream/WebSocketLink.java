package io.pharos.cli.stream;

import io.pharos.cli.failure.ServerRefusedException;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.core.HandshakeException;

/** A WebSocket by Tyrus. */
final class WebSocketLink implements Link {
  /** Tyrus tells of broken connections here as well; the person learns of them from us. */
  private static final Logger TYRUS = Logger.getLogger("org.glassfish");

  private final Session session;

  private WebSocketLink(Session session) {
    this.session = session;
  }

  /**
   * Opens one.
   *
   * @param subprotocols to ask for; may be none
   * @param token for the handshake; empty when there is none
   * @throws ServerRefusedException when the handshake is answered with an HTTP status
   * @throws IOException when there is no connection
   */
  static Link open(
      URI address, List<String> subprotocols, String token, MessageSink sink, Duration patience)
      throws IOException {
    TYRUS.setLevel(Level.OFF);
    var config =
        ClientEndpointConfig.Builder.create()
            .preferredSubprotocols(subprotocols)
            .configurator(new Authorization(token))
            .build();
    var client = ClientManager.createClient();
    int millis = (int) Math.max(1, Math.min(patience.toMillis(), 30_000));
    client.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, millis);
    try {
      return new WebSocketLink(client.connectToServer(new Receiver(sink), config, address));
    } catch (DeploymentException e) {
      throw explained(e);
    }
  }

  @Override
  public void send(String text) throws IOException {
    synchronized (session) {
      session.getBasicRemote().sendText(text);
    }
  }

  @Override
  public void close() {
    try {
      session.close(new CloseReason(CloseCodes.NORMAL_CLOSURE, ""));
    } catch (IOException | IllegalStateException e) {
      // It is gone already.
    }
  }

  private static IOException explained(DeploymentException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HandshakeException handshake) {
        return refused(handshake.getHttpStatusCode());
      }
      if (cause instanceof IOException io) {
        return io;
      }
    }
    return new IOException(failure.getMessage(), failure);
  }

  private static ServerRefusedException refused(int status) {
    String reason =
        switch (status) {
          case 401 -> "the token does not hold";
          case 403 -> "the token lacks the right";
          default -> "status " + status;
        };
    return new ServerRefusedException(
        status, "the WebSocket's handshake was refused: " + reason, null);
  }

  /** Puts the token into the handshake. */
  private static final class Authorization extends ClientEndpointConfig.Configurator {
    private final String token;

    private Authorization(String token) {
      this.token = token;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
      if (!token.isEmpty()) {
        headers.put("Authorization", List.of("Bearer " + token));
      }
    }
  }

  /** Hands on what arrives. */
  private static final class Receiver extends Endpoint {
    private final MessageSink sink;

    private Receiver(MessageSink sink) {
      this.sink = sink;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.setMaxIdleTimeout(0);
      session.addMessageHandler(
          String.class,
          (MessageHandler.Partial<String>)
              (text, last) -> sink.piece(text.getBytes(StandardCharsets.UTF_8), last));
      session.addMessageHandler(
          ByteBuffer.class,
          (MessageHandler.Partial<ByteBuffer>)
              (bytes, last) -> {
                byte[] chunk = new byte[bytes.remaining()];
                bytes.get(chunk);
                sink.piece(chunk, last);
              });
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      sink.end(new LinkClosedException(reason.getCloseCode().getCode(), phrase(reason)));
    }

    @Override
    public void onError(Session session, Throwable failure) {
      sink.end(new IOException("the connection broke: " + failure.getMessage(), failure));
    }

    private static String phrase(CloseReason reason) {
      String phrase = reason.getReasonPhrase();
      return phrase == null ? "" : phrase;
    }
  }
}
