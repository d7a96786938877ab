package io.pharos.cli.bench.wire;

import java.util.function.Consumer;

/** What a client that subscribes makes of a STOMP server's answers. */
final class Subscribing implements StompReplies {
  private final StompSettings.Signal signal;
  private final String subscribe;
  private final StreamEvents events;
  private Consumer<String> sender = frame -> {};

  /**
   * @param subscribe the frame to send once the client is connected
   */
  Subscribing(StompSettings.Signal signal, String subscribe, StreamEvents events) {
    this.signal = signal;
    this.subscribe = subscribe;
    this.events = events;
  }

  /** Where to send the frame. */
  void by(Consumer<String> given) {
    sender = given;
  }

  @Override
  public void connected() {
    sender.accept(subscribe);
    if (signal == StompSettings.Signal.CONNECTED) {
      events.subscribed();
    }
  }

  @Override
  public void receipt() {
    if (signal == StompSettings.Signal.RECEIPT) {
      events.subscribed();
    }
  }

  @Override
  public void error(String message) {
    events.ended("ERROR: " + message);
  }
}
