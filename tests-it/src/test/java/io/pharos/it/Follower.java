package io.pharos.it;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A subscriber that goes on where it stood whenever its connection ends, as real clients do. */
final class Follower implements AutoCloseable {
  /** What stands in {@link #heard} for a gap. */
  static final String GAP = "(gap)";

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Transport transport;
  private final String destination;
  private final Token token;
  private final Thread thread;
  private final List<String> heard = new ArrayList<>();
  private final List<String> endings = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile URI node;
  private volatile String position;
  private volatile boolean live;
  private volatile boolean breakOff;
  private volatile boolean closed;

  /** One that begins with what is published from now on. */
  Follower(Transport transport, URI node, String destination) {
    this(transport, node, destination, "");
  }

  /** One that has been here before, up to a position. */
  Follower(Transport transport, URI node, String destination, String position) {
    this(transport, node, destination, position, Token.of("follower"));
  }

  Follower(Transport transport, URI node, String destination, String position, Token token) {
    this.transport = transport;
    this.node = node;
    this.destination = destination;
    this.position = position;
    this.token = token;
    this.thread = Thread.ofVirtual().name("follower").start(this::run);
  }

  /** What a client is told. */
  record Item(String text, String position) {}

  /** One connection. */
  interface Source extends AutoCloseable {
    /** The next thing; null when nothing has come in time. */
    @Nullable Item poll(Duration patience);

    boolean isEnded();

    @Override
    void close() throws IOException;
  }

  enum Transport {
    SSE {
      @Override
      Source open(URI node, String destination, Token token, String after) throws IOException {
        String target = EventStream.of(destination);
        String login = "Authorization: " + token.bearer();
        EventStream stream =
            after.isEmpty()
                ? EventStream.raw(node, target, login)
                : EventStream.raw(node, target, login, "Last-Event-ID: " + after);
        if (stream.head().status() != 200) {
          stream.close();
          throw new IOException("status " + stream.head().status());
        }
        return new EventStreamSource(stream);
      }
    },
    STOMP {
      @Override
      Source open(URI node, String destination, Token token, String after) throws Exception {
        StompClient client = StompClient.connect(node, token);
        if (after.isEmpty()) {
          Frame receipt = client.subscribe("f", destination);
          return new StompSource(client, new Item("", position(receipt)));
        }
        client.subscribe("f", destination, "last-event-id", after);
        return new StompSource(client, new Item("", after));
      }
    };

    abstract Source open(URI node, String destination, Token token, String after) throws Exception;
  }

  private static String position(Frame frame) {
    return String.valueOf(frame.header("position"));
  }

  private record EventStreamSource(EventStream stream) implements Source {
    @Override
    public @Nullable Item poll(Duration patience) {
      Event event = stream.poll(patience);
      if (event == null) {
        return null;
      }
      String text =
          switch (event.type()) {
            case "connected" -> "";
            case "gap" -> GAP;
            default -> event.data();
          };
      return new Item(text, event.id());
    }

    @Override
    public boolean isEnded() {
      return stream.isEnded();
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private static final class StompSource implements Source {
    private final StompClient client;
    private @Nullable Item first;

    StompSource(StompClient client, Item first) {
      this.client = client;
      this.first = first;
    }

    @Override
    public @Nullable Item poll(Duration patience) {
      Item start = first;
      if (start != null) {
        first = null;
        return start;
      }
      Frame frame = client.poll(patience);
      return frame == null || !frame.command().equals("MESSAGE")
          ? null
          : new Item(frame.isGap() ? GAP : frame.text(), position(frame));
    }

    @Override
    public boolean isEnded() {
      return client.isClosed();
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  /** Everything in its order: bodies, and {@link #GAP}. */
  List<String> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  int count() {
    synchronized (heard) {
      return heard.size();
    }
  }

  /** How many connections it has had. */
  int connections() {
    return connections.get();
  }

  /** From where it goes on with its next connection. */
  void moveTo(URI other) {
    node = other;
  }

  /** Ends its connection without a word, and opens another. */
  void breakOff() {
    breakOff = true;
  }

  void awaitLive() {
    Await.until(() -> this + " to be live", Duration.ofMinutes(1), () -> live);
  }

  void awaitCount(int wanted, Duration patience) {
    Await.until(
        () -> this + " to have heard " + wanted + ", not " + count(),
        patience,
        () -> count() >= wanted);
  }

  void awaitConnections(int wanted) {
    Await.until(
        () -> this + " to have connected " + wanted + " times, not " + connections(),
        Duration.ofMinutes(1),
        () -> connections() >= wanted);
  }

  private void run() {
    while (!closed) {
      try (Source source = transport.open(node, destination, token, position)) {
        // First, so that whoever sees the connection can have it broken off.
        breakOff = false;
        connections.incrementAndGet();
        read(source);
        note("ended after " + position);
      } catch (Exception | AssertionError e) {
        note(e.toString());
      }
      live = false;
      pause();
    }
  }

  private void read(Source source) {
    while (!closed && !breakOff) {
      boolean ended = source.isEnded();
      Item item = source.poll(LOOK);
      if (item == null) {
        if (ended) {
          break;
        }
        continue;
      }
      position = item.position();
      if (item.text().isEmpty()) {
        live = true;
      } else {
        synchronized (heard) {
          heard.add(item.text());
        }
      }
    }
  }

  private void note(String ending) {
    synchronized (endings) {
      endings.add(ending);
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    synchronized (endings) {
      return transport + " at " + node.getPort() + " " + endings;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
