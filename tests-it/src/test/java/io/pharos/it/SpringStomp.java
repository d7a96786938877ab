package io.pharos.it;

import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/** Spring's client, on the Tyrus WebSocket client. It knows no transactions. */
final class SpringStomp implements StockStomp {
  private static final int LARGEST = 8 << 20;

  /** Larger frames leave in several WebSocket messages, as Spring's documentation suggests. */
  private static final int SPLIT = 64 << 10;

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
  private final WebSocketStompClient client;
  private final StompSession session;

  private SpringStomp(URI node, Token token) throws Exception {
    ClientManager container = ClientManager.createClient();
    container.getProperties().put("org.glassfish.tyrus.incomingBufferSize", LARGEST);
    container.setDefaultMaxTextMessageBufferSize(LARGEST);
    container.setDefaultMaxBinaryMessageBufferSize(LARGEST);
    client = new WebSocketStompClient(new StandardWebSocketClient(container));
    client.setInboundMessageSizeLimit(LARGEST);
    client.setOutboundMessageSizeLimit(SPLIT);
    scheduler.initialize();
    client.setTaskScheduler(scheduler);
    var connect = new StompHeaders();
    connect.set("Authorization", token.bearer());
    session =
        client
            .connectAsync(
                StompClient.webSocket(node), new WebSocketHttpHeaders(), connect, new Handler())
            .get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  static SpringStomp connect(URI node, Token token) {
    try {
      return new SpringStomp(node, token);
    } catch (Exception e) {
      throw new AssertionError("Spring's client does not connect", e);
    }
  }

  private final class Handler extends StompSessionHandlerAdapter {
    @Override
    public Type getPayloadType(StompHeaders headers) {
      return byte[].class;
    }

    @Override
    public void afterConnected(StompSession connected, StompHeaders headers) {
      keep("connected", headers, null);
    }

    /** ERROR. */
    @Override
    public void handleFrame(StompHeaders headers, @Nullable Object payload) {
      keep("error", headers, payload);
    }

    @Override
    public void handleTransportError(StompSession connected, Throwable failure) {
      received.add(new Received("closed", Map.of("message", failure.toString()), new byte[0]));
    }
  }

  /** Gets the messages of a subscription. */
  private final class Subscriber extends StompSessionHandlerAdapter {
    @Override
    public Type getPayloadType(StompHeaders headers) {
      return byte[].class;
    }

    @Override
    public void handleFrame(StompHeaders headers, @Nullable Object payload) {
      keep("message", headers, payload);
    }
  }

  private void keep(String type, StompHeaders headers, @Nullable Object payload) {
    received.add(
        new Received(
            type, headers.toSingleValueMap(), payload instanceof byte[] b ? b : new byte[0]));
  }

  private void keepReceipt(StompSession.Receiptable sent) {
    if (sent.getReceiptId() != null) {
      sent.addReceiptTask(
          () ->
              received.add(
                  new Received("receipt", Map.of("receipt-id", sent.getReceiptId()), new byte[0])));
    }
  }

  private static StompHeaders headers(String destination, Map<String, String> more) {
    var headers = new StompHeaders();
    headers.setAll(new LinkedHashMap<>(more));
    headers.setDestination(destination);
    return headers;
  }

  @Override
  public void subscribe(String destination, Map<String, String> more) {
    keepReceipt(session.subscribe(headers(destination, more), new Subscriber()));
  }

  @Override
  public void send(String destination, Map<String, String> more, String text) {
    StompHeaders headers = headers(destination, more);
    headers.setContentType(MimeTypeUtils.TEXT_PLAIN);
    keepReceipt(session.send(headers, text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void send(String destination, Map<String, String> more, byte[] bytes) {
    StompHeaders headers = headers(destination, more);
    headers.setContentType(MimeTypeUtils.APPLICATION_OCTET_STREAM);
    keepReceipt(session.send(headers, bytes));
  }

  @Override
  public void ack(Received message) {
    StompSession.Receiptable unused = session.acknowledge(message.header("ack"), true);
  }

  @Override
  public void nack(Received message) {
    StompSession.Receiptable unused = session.acknowledge(message.header("ack"), false);
  }

  @Override
  public Received next() {
    try {
      Received next = received.poll(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing has reached Spring's client in time");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      if (session.isConnected()) {
        session.disconnect();
      }
    } catch (MessageDeliveryException e) {
      // How Tyrus says that the server has closed already, in answer to this goodbye.
      received.clear();
    }
    client.stop();
    scheduler.shutdown();
  }
}
