package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;

/** A client's side of STOMP 1.2 over a WebSocket: logs in, and says what it hears. */
final class StompClient implements Conversation, WebSocketListener {
  private final StompSettings settings;
  private final WebSocketClient socket;
  private final StompScanner scanner;
  private final StreamEvents events;

  StompClient(
      StompSettings settings,
      Outlet outlet,
      PayloadFormat format,
      StreamEvents events,
      StompReplies replies,
      Bookmark bookmark) {
    this.settings = settings;
    this.events = events;
    this.scanner = new StompScanner(format, events, replies, bookmark);
    this.socket =
        new WebSocketClient(
            outlet,
            settings.target().head("GET", settings.headers()),
            "v12.stomp",
            this,
            this::opened);
  }

  @Override
  public void start() {
    socket.start();
  }

  @Override
  public void received(byte[] bytes, int offset, int length) {
    socket.received(bytes, offset, length);
  }

  /** Sends a whole frame. */
  void send(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    socket.send(bytes, bytes.length);
  }

  /** Sends one or more whole frames as one message. */
  void send(byte[] frames, int length) {
    socket.send(frames, length);
  }

  private void opened() {
    send(settings.connect());
  }

  @Override
  public void data(byte[] bytes, int offset, int length) {
    scanner.feed(bytes, offset, length);
  }

  @Override
  public void messageEnd() {
    // Frames and messages need not end together.
  }

  @Override
  public void ping(byte[] payload) {
    socket.pong(payload);
  }

  @Override
  public void close(int code, String reason) {
    events.ended("closed with " + code + (reason.isEmpty() ? "" : ", " + reason));
    socket.close();
  }
}
