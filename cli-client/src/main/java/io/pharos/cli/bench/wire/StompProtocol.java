package io.pharos.cli.bench.wire;

import org.jspecify.annotations.Nullable;

/** Subscribes by STOMP 1.2 over WebSocket. */
public final class StompProtocol implements WireProtocol {
  private final StompSettings settings;
  private final PayloadFormat format;

  public StompProtocol(StompSettings settings, PayloadFormat format) {
    this.settings = settings;
    this.format = format;
  }

  @Override
  public Conversation open(Outlet outlet, StreamEvents events, int destination, Bookmark bookmark) {
    var replies = new Subscribing(events, subscribe(destination, bookmark));
    var client = new StompClient(settings, outlet, format, events, replies, bookmark);
    replies.client = client;
    return client;
  }

  @Override
  public HttpTarget target() {
    return settings.target();
  }

  private String subscribe(int destination, Bookmark bookmark) {
    return "SUBSCRIBE\nid:0\ndestination:"
        + settings.destinations().apply(destination)
        + "\n"
        + (bookmark.isKnown() ? "last-event-id:" + bookmark.token() + "\n" : "")
        + (settings.signal() == StompSettings.Signal.RECEIPT ? "receipt:s\n" : "");
  }

  private final class Subscribing implements StompReplies {
    private final StreamEvents events;
    private final String subscribe;
    private @Nullable StompClient client;

    Subscribing(StreamEvents events, String subscribe) {
      this.events = events;
      this.subscribe = subscribe;
    }

    @Override
    public void connected() {
      if (client != null) {
        client.send(subscribe);
      }
      if (settings.signal() == StompSettings.Signal.CONNECTED) {
        events.subscribed();
      }
    }

    @Override
    public void receipt() {
      if (settings.signal() == StompSettings.Signal.RECEIPT) {
        events.subscribed();
      }
    }

    @Override
    public void error(String message) {
      events.ended("ERROR: " + message);
    }
  }
}
