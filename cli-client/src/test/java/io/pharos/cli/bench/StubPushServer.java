package io.pharos.cli.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server of event streams that can be told to be unfaithful. Who comes with a position gets what
 * was published behind it.
 */
final class StubPushServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, List<HttpExchange>> streams = new TreeMap<>();
  private final Map<String, List<Event>> history = new TreeMap<>();
  private final Fault fault;
  private String credentials = "Bearer secret";
  private int published;
  private int turnedAway;
  private int lastBeforeLoss = -1;
  private Runnable afterLoss = () -> {};

  private record Event(int number, String text) {}

  /** What becomes of the n-th publication. */
  @FunctionalInterface
  interface Fault {
    /**
     * How often it is sent to each stream; -1 refuses it.
     *
     * @param number from 1
     */
    int copies(int number);
  }

  StubPushServer(Fault fault) {
    this.fault = fault;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/api/stream", this::stream);
    server.createContext("/api/messages", this::publish);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Has no room for so many of the next clients, and says so. */
  synchronized void turnAway(int clients) {
    turnedAway = clients;
  }

  /** From now on, no token holds. */
  synchronized void acceptNobody() {
    credentials = "nobody's";
  }

  /**
   * Ends all streams once, behind the n-th publication.
   *
   * @param then what to do before anybody can come back
   */
  synchronized void loseAllAfter(int number, Runnable then) {
    lastBeforeLoss = number;
    afterLoss = then;
  }

  private synchronized void stream(HttpExchange exchange) throws IOException {
    if (turnedAway > 0) {
      turnedAway--;
      exchange.getResponseHeaders().set("Retry-After", "0");
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    if (!credentials.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(200, 0);
    send(exchange, "id: e-0\nevent: connected\ndata: {}\n\n");
    String destination = exchange.getRequestURI().getQuery();
    streams.computeIfAbsent(destination, d -> new ArrayList<>()).add(exchange);
    String position = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    if (position != null) {
      int seen = Integer.parseInt(position.substring(2));
      for (Event event : history.getOrDefault(destination, List.of())) {
        if (event.number() > seen) {
          send(exchange, event.text());
        }
      }
    }
  }

  private synchronized void publish(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    published++;
    int copies = fault.copies(published);
    String event =
        "id: e-" + published + "\ndata: " + new String(body, StandardCharsets.UTF_8) + "\n\n";
    String destination = exchange.getRequestURI().getQuery();
    history.computeIfAbsent(destination, d -> new ArrayList<>()).add(new Event(published, event));
    for (HttpExchange stream : streams.getOrDefault(destination, List.of())) {
      if (copies > 0) {
        // At once: a client that has all the first ones does not wait for the second ones.
        send(stream, event.repeat(copies));
      }
    }
    exchange.sendResponseHeaders(copies < 0 ? 503 : 201, -1);
    exchange.close();
    if (published == lastBeforeLoss) {
      loseAll();
    }
  }

  private void loseAll() {
    afterLoss.run();
    streams.values().forEach(ended -> ended.forEach(HttpExchange::close));
    streams.clear();
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    OutputStream out = exchange.getResponseBody();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
