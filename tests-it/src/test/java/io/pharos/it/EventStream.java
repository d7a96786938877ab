package io.pharos.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of an event stream, written from the standard and not from the product: keeps the bytes,
 * and the events in them.
 */
final class EventStream implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** How many bytes of a stream are kept to be looked at. */
  private static final int MAX_KEPT = 64 * 1024;

  private final HttpHead head;
  private final AutoCloseable connection;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String lastEventId = "";
  private volatile boolean complete;

  private EventStream(HttpHead head, InputStream body, AutoCloseable connection) {
    this.head = head;
    this.connection = connection;
    Thread.ofVirtual().name("event-stream").start(() -> read(body));
  }

  /** Opens a stream over a plain socket. */
  static EventStream raw(URI server, String target, String... headerLines) throws IOException {
    RawHttp exchange = RawHttp.connect(server).request("GET", target, headerLines);
    HttpHead head = exchange.head();
    return new EventStream(head, exchange.body(head), exchange);
  }

  /** Opens a stream by the JDK's client. */
  static EventStream http(URI server, String target, Map<String, String> headers)
      throws IOException {
    var request = HttpRequest.newBuilder(server.resolve(target));
    headers.forEach(request::header);
    HttpResponse<InputStream> response;
    try {
      response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new EventStream(
        new HttpHead(response.statusCode(), Map.copyOf(response.headers().map())),
        response.body(),
        response.body());
  }

  /** Where a stream of these destinations is. */
  static String of(String... destinations) {
    var target = new StringBuilder("/api/stream");
    for (String destination : destinations) {
      target
          .append(target.indexOf("?") < 0 ? '?' : '&')
          .append("destination=")
          .append(URLEncoder.encode(destination, StandardCharsets.UTF_8));
    }
    return target.toString();
  }

  HttpHead head() {
    return head;
  }

  /** The next event, which must come in time. */
  Event next() {
    return next(Await.PATIENCE);
  }

  Event next(Duration patience) {
    try {
      Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        throw new AssertionError("no event in time; the stream was: " + shortText());
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The next event; null when none has come in time. */
  @Nullable Event poll(Duration patience) {
    try {
      return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The next event, which must come in time; null when the stream has ended before it. */
  @Nullable Event nextOrEnd() {
    Await.until(
        () -> "an event; the stream was: " + shortText(),
        Await.PATIENCE,
        () -> isEnded() || !events.isEmpty());
    return poll(Duration.ZERO);
  }

  /** Whether nothing more will come. */
  boolean isEnded() {
    return ended.getCount() == 0;
  }

  /** The next event, which must be {@code connected}. */
  Event connected() {
    Event event = next();
    if (!event.type().equals("connected")) {
      throw new AssertionError("not connected but " + event);
    }
    return event;
  }

  /** What has come so far and nobody has asked for. */
  List<Event> waiting() {
    return List.copyOf(events);
  }

  /** What the client would send as {@code Last-Event-ID} now. */
  String lastEventId() {
    return lastEventId;
  }

  /** The first bytes that have come, without chunk sizes. */
  String text() {
    synchronized (bytes) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  private String shortText() {
    String text = text();
    return text.length() > 1000 ? text.substring(0, 1000) + "..." : text;
  }

  /** Waits for these bytes to come. */
  void awaitText(String part) {
    Await.until(
        () -> "'" + part + "' in " + shortText(), Await.PATIENCE, () -> text().contains(part));
  }

  /** Waits for the server to end the stream; whether it did so in good order. */
  boolean awaitEnd(Duration patience) {
    try {
      if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the stream goes on: " + shortText());
      }
      return complete;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Breaks the connection off. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (Exception e) {
      throw new AssertionError("closing a socket failed", e);
    }
  }

  private void read(InputStream body) {
    var line = new ByteArrayOutputStream();
    var event = new EventBuilder();
    try {
      byte[] chunk = new byte[16384];
      for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
        keep(chunk, count);
        int start = 0;
        for (int i = 0; i < count; i++) {
          // The server ends lines with LF alone: what else there is shows up as data.
          if (chunk[i] == '\n') {
            line.write(chunk, start, i - start);
            event.line(line.toString(StandardCharsets.UTF_8));
            line.reset();
            start = i + 1;
          }
        }
        line.write(chunk, start, count - start);
      }
      complete = true;
    } catch (IOException e) {
      complete = false;
    } finally {
      ended.countDown();
    }
  }

  private void keep(byte[] chunk, int count) {
    synchronized (bytes) {
      bytes.write(chunk, 0, Math.min(count, MAX_KEPT - bytes.size()));
    }
  }

  private final class EventBuilder {
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String id = "";

    void line(String line) {
      if (line.isEmpty()) {
        lastEventId = id;
        if (!data.isEmpty()) {
          data.setLength(data.length() - 1);
          events.add(new Event(id, type.isEmpty() ? "message" : type, data.toString()));
        }
        data.setLength(0);
        type = "";
        return;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "data" -> data.append(value).append('\n');
        case "event" -> type = value;
        case "id" -> id = value;
        default -> {
          // Comments, retry and what is unknown.
        }
      }
    }
  }
}
