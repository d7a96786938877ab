package io.pharos.cli.sockjs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A SockJS server of HTTP transports, in this process; it can be told to be unhelpful. */
public final class StubSockJs implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
  private final Application application;
  private final int limit;
  private volatile Set<String> withheld = Set.of();
  private volatile Map<String, Integer> refused = Map.of();
  private volatile boolean webSocket;

  /** What is served over the sessions. */
  @FunctionalInterface
  public interface Application {
    void received(Session session, String message);
  }

  /** A session: what is sent waits for a request that takes it. */
  public static final class Session {
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>(List.of("o"));

    public void send(String message) {
      frames.add("a" + Json.createArrayBuilder().add(message).build());
    }

    /** What is no frame. */
    public void sendRaw(String line) {
      frames.add(line);
    }

    public void close(int code, String reason) {
      frames.add("c" + Json.createArrayBuilder().add(code).add(reason).build());
    }
  }

  /**
   * @param limit after so many bytes a streaming answer ends
   */
  public StubSockJs(int limit, Application application) {
    this.limit = limit;
    this.application = application;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/ws/", this::handle);
    server.start();
  }

  /** Something beside SockJS. */
  public StubSockJs with(String path, HttpHandler handler) {
    server.createContext(path, handler);
    return this;
  }

  /** Says that there are WebSockets, which is a lie. */
  public StubSockJs claimingWebSocket() {
    webSocket = true;
    return this;
  }

  /** Never answers these transports' requests, as if something in between kept them. */
  public StubSockJs withholding(String... transports) {
    withheld = Set.of(transports);
    return this;
  }

  /** Answers these transports' requests, or that of {@code info}, with these statuses. */
  public StubSockJs refusing(Map<String, Integer> statuses) {
    refused = statuses;
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The transports that were asked for, in order. */
  public List<String> requests() {
    return requests;
  }

  /** All that requests have logged in with. */
  public Set<String> authorizations() {
    return authorizations;
  }

  /** Forgets all sessions, as a server does that was started again. */
  public void forget() {
    sessions.clear();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String transport = path[path.length - 1];
    requests.add(transport);
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      if (withheld.contains(transport)) {
        closing.await();
      } else if (refused.containsKey(transport)) {
        exchange.sendResponseHeaders(refused.get(transport), -1);
      } else {
        answer(exchange, path, transport, new String(body, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange, String[] path, String transport, String body)
      throws IOException, InterruptedException {
    switch (transport) {
      case "info" -> {
        exchange.sendResponseHeaders(200, 0);
        write(exchange, "{\"websocket\":" + webSocket + ",\"origins\":[\"*:*\"]}");
      }
      case "xhr_streaming" -> stream(exchange, session(path));
      case "xhr" -> {
        Session session = session(path);
        exchange.sendResponseHeaders(200, 0);
        write(exchange, session.frames.take() + "\n");
      }
      case "xhr_send" -> {
        Session session = sessions.get(path[path.length - 2]);
        if (session == null) {
          exchange.sendResponseHeaders(404, -1);
          return;
        }
        try (var reader = Json.createReader(new StringReader(body))) {
          JsonArray messages = reader.readArray();
          messages
              .getValuesAs(JsonString::getString)
              .forEach(m -> application.received(session, m));
        }
        exchange.sendResponseHeaders(204, -1);
      }
      default -> exchange.sendResponseHeaders(404, -1);
    }
  }

  private Session session(String[] path) {
    return sessions.computeIfAbsent(path[path.length - 2], name -> new Session());
  }

  private void stream(HttpExchange exchange, Session session)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    write(exchange, "h".repeat(2048) + "\n");
    String frame = "";
    for (int sent = 0; sent < limit && !frame.startsWith("c"); sent += frame.length() + 1) {
      frame = session.frames.take();
      write(exchange, frame + "\n");
    }
  }

  private static void write(HttpExchange exchange, String text) throws IOException {
    OutputStream out = exchange.getResponseBody();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
