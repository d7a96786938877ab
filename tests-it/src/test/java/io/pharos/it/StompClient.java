package io.pharos.it;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.tyrus.client.ClientManager;
import org.jspecify.annotations.Nullable;

/** A STOMP client on the Tyrus WebSocket client, which keeps all that comes in its order. */
final class StompClient extends Endpoint implements AutoCloseable {
  private final StompVersion version;
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final AtomicInteger heartBeats = new AtomicInteger();
  private final AtomicInteger binaryMessages = new AtomicInteger();
  private @Nullable Session socket;

  private StompClient(StompVersion version) {
    this.version = version;
  }

  /** One for each client: what several share ends with the last of them, even while one opens. */
  private static ClientManager manager() {
    ClientManager manager = ClientManager.createClient();
    manager.getProperties().put("org.glassfish.tyrus.incomingBufferSize", 8 << 20);
    manager.setDefaultMaxTextMessageBufferSize(8 << 20);
    manager.setDefaultMaxBinaryMessageBufferSize(8 << 20);
    return manager;
  }

  /** Opens a WebSocket; the client is not connected in STOMP's sense yet. */
  static StompClient open(URI server, StompVersion version, Map<String, String> headers)
      throws IOException, DeploymentException {
    var client = new StompClient(version);
    var config =
        ClientEndpointConfig.Builder.create()
            .preferredSubprotocols(List.of(version.subprotocol()))
            .configurator(
                new ClientEndpointConfig.Configurator() {
                  @Override
                  public void beforeRequest(Map<String, List<String>> request) {
                    headers.forEach((name, value) -> request.put(name, List.of(value)));
                  }

                  @Override
                  public void afterResponse(HandshakeResponse response) {}
                })
            .build();
    client.socket = manager().connectToServer(client, config, webSocket(server));
    return client;
  }

  static URI webSocket(URI server) {
    return URI.create("ws://" + server.getHost() + ":" + server.getPort() + "/ws");
  }

  /** Opens a WebSocket and connects with a token. */
  static StompClient connect(URI server, StompVersion version, Token token)
      throws IOException, DeploymentException {
    StompClient client = open(server, version, Map.of());
    client.send(client.connectFrame().with("Authorization", token.bearer()));
    client.expect("CONNECTED");
    return client;
  }

  static StompClient connect(URI server, Token token) throws IOException, DeploymentException {
    return connect(server, StompVersion.V1_2, token);
  }

  /** CONNECT of this client's version, without credentials. */
  Frame connectFrame() {
    return version == StompVersion.V1_0
        ? Frame.of("CONNECT")
        : Frame.of("CONNECT", "accept-version", version.number(), "host", "localhost");
  }

  String subprotocol() {
    return socket().getNegotiatedSubprotocol();
  }

  void send(Frame frame) throws IOException {
    sendText(new String(frame.encode(version), StandardCharsets.UTF_8));
  }

  void sendText(String text) throws IOException {
    try {
      socket().getBasicRemote().sendText(text);
    } catch (RejectedExecutionException e) {
      // How Tyrus says that the server closes the connection at this moment; it has said why.
      return;
    }
  }

  void sendBinary(byte[] bytes) throws IOException {
    socket().getBasicRemote().sendBinary(ByteBuffer.wrap(bytes));
  }

  /** Subscribes, and waits until the subscription is live. The receipt. */
  Frame subscribe(String id, String destination, String... more) throws IOException {
    Frame frame =
        Frame.of("SUBSCRIBE", "id", id, "destination", destination, "receipt", "sub-" + id);
    Map<String, String> headers = new LinkedHashMap<>(frame.headers());
    headers.putAll(Frame.of("", more).headers());
    send(new Frame("SUBSCRIBE", headers, new byte[0]));
    Frame receipt = expect("RECEIPT");
    if (!("sub-" + id).equals(receipt.header("receipt-id"))) {
      throw new AssertionError("another receipt: " + receipt);
    }
    return receipt;
  }

  /** The next frame, which must come in time and be of this command. */
  Frame expect(String command) {
    Frame frame = next(Await.PATIENCE);
    if (!frame.command().equals(command)) {
      throw new AssertionError("not " + command + " but " + frame);
    }
    return frame;
  }

  Frame next(Duration patience) {
    try {
      Frame frame = frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (frame == null) {
        throw new AssertionError("no frame in time; closed: " + closed);
      }
      return frame;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The next frame; null when none has come in time. */
  @Nullable Frame poll(Duration patience) {
    try {
      return frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What has come and nobody has asked for. */
  List<Frame> waiting() {
    return List.copyOf(frames);
  }

  /** Sends a frame that the server answers after all earlier ones: what had to come has come. */
  List<Frame> settle(String receipt) throws IOException {
    send(Frame.of("SEND", "destination", "/topic/settle", "receipt", receipt).body("settled"));
    var before = new java.util.ArrayList<Frame>();
    for (Frame frame = next(Await.PATIENCE);
        !frame.command().equals("RECEIPT") || !receipt.equals(frame.header("receipt-id"));
        frame = next(Await.PATIENCE)) {
      before.add(frame);
    }
    return before;
  }

  /** The close code, once the server has closed. */
  int closeCode() {
    return close(Await.PATIENCE).getCloseCode().getCode();
  }

  CloseReason close(Duration patience) {
    try {
      return closed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("not closed in time; waiting: " + frames, e);
    }
  }

  boolean isClosed() {
    return closed.isDone();
  }

  int heartBeats() {
    return heartBeats.get();
  }

  int binaryMessages() {
    return binaryMessages.get();
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.addMessageHandler(
        String.class,
        new MessageHandler.Whole<String>() {
          @Override
          public void onMessage(String text) {
            if (text.equals("\n")) {
              heartBeats.incrementAndGet();
            }
            receive(text.getBytes(StandardCharsets.UTF_8));
          }
        });
    session.addMessageHandler(
        ByteBuffer.class,
        new MessageHandler.Whole<ByteBuffer>() {
          @Override
          public void onMessage(ByteBuffer bytes) {
            binaryMessages.incrementAndGet();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            receive(copy);
          }
        });
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    closed.complete(reason);
  }

  private void receive(byte[] bytes) {
    pending.writeBytes(bytes);
    byte[] all = pending.toByteArray();
    pending.reset();
    int from = 0;
    for (Frame.Parsed parsed = Frame.parse(all, from, version);
        parsed != null;
        parsed = Frame.parse(all, from, version)) {
      frames.add(parsed.frame());
      from = parsed.end();
    }
    pending.write(all, from, all.length - from);
  }

  private Session socket() {
    if (socket == null) {
      throw new IllegalStateException("not open");
    }
    return socket;
  }

  /** Breaks off without DISCONNECT. */
  @Override
  public void close() throws IOException {
    if (socket().isOpen()) {
      socket().close();
    }
  }
}
