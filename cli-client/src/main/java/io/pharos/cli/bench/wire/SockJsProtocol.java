package io.pharos.cli.bench.wire;

import io.pharos.cli.sockjs.Scratch;
import io.pharos.cli.sockjs.SessionPath;

/**
 * Subscribes by STOMP 1.2 over SockJS, by its transport {@code xhr_streaming}: what SockJS is for
 * is the client that cannot have a WebSocket. For one thread.
 */
public final class SockJsProtocol implements WireProtocol {
  private final StompSettings settings;
  private final PayloadFormat format;
  private final Courier courier;
  private final Scratch scratch = new Scratch();

  /**
   * @param settings whose target is the SockJS address, without a slash at its end
   * @param courier for what the clients send
   */
  public SockJsProtocol(StompSettings settings, PayloadFormat format, Courier courier) {
    this.settings = settings;
    this.format = format;
    this.courier = courier;
  }

  @Override
  public Conversation open(Line line, StreamEvents events, int destination, Bookmark bookmark) {
    var replies =
        new Subscribing(settings.signal(), settings.subscribe(destination, bookmark), events);
    var scanner = new StompScanner(format, events, replies, bookmark);
    var requests = new SockJsRequests(settings, SessionPath.random());
    var client = new SockJsClient(requests, line, courier, scanner, events, scratch);
    replies.by(client::send);
    return client;
  }

  @Override
  public HttpTarget target() {
    return settings.target();
  }
}
