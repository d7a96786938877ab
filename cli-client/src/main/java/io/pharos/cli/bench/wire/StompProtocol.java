package io.pharos.cli.bench.wire;

/** Subscribes by STOMP 1.2 over WebSocket. */
public final class StompProtocol implements WireProtocol {
  private final StompSettings settings;
  private final PayloadFormat format;

  public StompProtocol(StompSettings settings, PayloadFormat format) {
    this.settings = settings;
    this.format = format;
  }

  @Override
  public Conversation open(Line line, StreamEvents events, int destination, Bookmark bookmark) {
    var replies =
        new Subscribing(settings.signal(), settings.subscribe(destination, bookmark), events);
    var client = new StompClient(settings, line, format, events, replies, bookmark);
    replies.by(client::send);
    return client;
  }

  @Override
  public HttpTarget target() {
    return settings.target();
  }
}
