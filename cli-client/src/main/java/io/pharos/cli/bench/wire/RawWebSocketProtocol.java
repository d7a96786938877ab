package io.pharos.cli.bench.wire;

import java.util.List;
import java.util.function.IntFunction;

/** Subscribes by a WebSocket whose messages are the publications, as some servers offer it. */
public final class RawWebSocketProtocol implements WireProtocol {
  private final IntFunction<HttpTarget> targets;
  private final List<String> headers;
  private final PayloadFormat format;

  /**
   * Sockets of the destinations at these addresses.
   *
   * @param headers of each handshake, without line ends
   */
  public RawWebSocketProtocol(
      IntFunction<HttpTarget> targets, List<String> headers, PayloadFormat format) {
    this.targets = targets;
    this.headers = List.copyOf(headers);
    this.format = format;
  }

  @Override
  public Conversation open(Line line, StreamEvents events, int destination, Bookmark bookmark) {
    return new Socket(line, targets.apply(destination).head("GET", headers), events);
  }

  @Override
  public HttpTarget target() {
    return targets.apply(0);
  }

  private final class Socket implements Conversation, WebSocketListener {
    private final WebSocketClient socket;
    private final StreamEvents events;
    private final MessageScanner scanner;

    Socket(Outlet outlet, String requestHead, StreamEvents events) {
      this.events = events;
      this.scanner = new MessageScanner(format, events);
      this.socket = new WebSocketClient(outlet, requestHead, null, this, events::subscribed);
    }

    @Override
    public void start() {
      socket.start();
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
      socket.received(bytes, offset, length);
    }

    @Override
    public void data(byte[] bytes, int offset, int length) {
      scanner.data(bytes, offset, length);
    }

    @Override
    public void messageEnd() {
      scanner.end();
    }

    @Override
    public void ping(byte[] payload) {
      socket.pong(payload);
    }

    @Override
    public void close(int code, String reason) {
      events.ended("closed with " + code + ", " + reason);
      socket.close();
    }
  }
}
