package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

/** Subscribes by an event stream. */
public final class SseProtocol implements WireProtocol {
  private final IntFunction<HttpTarget> targets;
  private final List<String> headers;
  private final PayloadFormat format;
  private final Signal signal;

  /** What tells that a stream is subscribed. */
  public enum Signal {
    /** The event {@code connected}, as Pharos sends it. */
    CONNECTED_EVENT,
    /** The response's headers: all that other servers have in common. */
    HEADERS
  }

  /**
   * Streams of the destinations at these addresses.
   *
   * @param headers of each request, without line ends
   */
  public SseProtocol(
      IntFunction<HttpTarget> targets, List<String> headers, PayloadFormat format, Signal signal) {
    this.targets = targets;
    this.headers = List.copyOf(headers);
    this.format = format;
    this.signal = signal;
  }

  @Override
  public Conversation open(Line line, StreamEvents events, int destination, Bookmark bookmark) {
    String request =
        targets.apply(destination).head("GET", headers)
            + "Accept: text/event-stream\r\nCache-Control: no-cache\r\n"
            + (bookmark.isKnown() ? "Last-Event-ID: " + bookmark.token() + "\r\n" : "")
            + "\r\n";
    return new Stream(line, request, events, bookmark);
  }

  @Override
  public HttpTarget target() {
    return targets.apply(0);
  }

  private final class Stream implements Conversation, HttpResponseListener {
    private final Outlet outlet;
    private final String request;
    private final StreamEvents events;
    private final EventStreamScanner scanner;
    private final HttpResponseDecoder http = new HttpResponseDecoder(this);

    Stream(Outlet outlet, String request, StreamEvents events, Bookmark bookmark) {
      this.outlet = outlet;
      this.request = request;
      this.events = events;
      this.scanner = new EventStreamScanner(format, events, bookmark, this::connected);
    }

    @Override
    public void start() {
      outlet.send(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
      http.feed(bytes, offset, length);
    }

    @Override
    public void head(HttpHead head) {
      if (head.status() != 200) {
        throw new WireException(
            "the server answered " + head.status() + " to an event stream", head);
      }
      if (!head.says("content-type", "text/event-stream")) {
        throw new WireException(
            "the server answered '" + head.header("content-type") + "', not an event stream");
      }
      if (signal == Signal.HEADERS) {
        events.subscribed();
      }
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
      scanner.feed(bytes, offset, length);
    }

    @Override
    public void end() {
      String words = scanner.comment();
      events.ended(words.isEmpty() ? "the stream ended" : "the stream ended: " + words);
    }

    private void connected() {
      if (signal == Signal.CONNECTED_EVENT) {
        events.subscribed();
      }
    }
  }
}
