package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Publishes by STOMP: SEND frames without receipts, those that are due together as one message. */
public final class StompPublisher implements Conversation, StompReplies, StreamEvents {
  private static final int FULL = 16 << 10;

  private final StompSettings settings;
  private final PayloadFormat format;
  private final PublisherEvents events;
  private final StompClient client;
  private byte[] frames = new byte[1024];
  private int length;

  public StompPublisher(
      StompSettings settings, PayloadFormat format, Outlet outlet, PublisherEvents events) {
    this.settings = settings;
    this.format = format;
    this.events = events;
    this.client = new StompClient(settings, outlet, format, this, this, new Bookmark());
  }

  /** Adds a publication to those that {@link #flush} sends. */
  public void add(int destination, int publication, long intended) {
    String head =
        "SEND\ndestination:"
            + settings.destinations().apply(destination)
            + "\ncontent-type:text/plain\ncontent-length:"
            + format.size()
            + "\n\n";
    byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
    int needed = bytes.length + format.size() + 1;
    if (length > 0 && length + needed > FULL) {
      flush();
    }
    if (frames.length < length + needed) {
      frames = Arrays.copyOf(frames, length + needed + FULL);
    }
    System.arraycopy(bytes, 0, frames, length, bytes.length);
    format.write(frames, length + bytes.length, publication, intended);
    length += needed;
    frames[length - 1] = 0;
  }

  /** Sends what was added. */
  public void flush() {
    if (length > 0) {
      client.send(frames, length);
      length = 0;
    }
  }

  @Override
  public void start() {
    client.start();
  }

  @Override
  public void received(byte[] bytes, int offset, int count) {
    client.received(bytes, offset, count);
  }

  @Override
  public void connected() {
    events.ready();
  }

  @Override
  public void receipt() {
    // None was asked for.
  }

  @Override
  public void error(String message) {
    throw new WireException("the server refused to publish: " + message);
  }

  @Override
  public void subscribed() {
    // A publisher does not subscribe.
  }

  @Override
  public void delivered(int publication, long intended) {
    // A publisher does not subscribe.
  }

  @Override
  public void gap() {
    // A publisher does not subscribe.
  }

  @Override
  public void ended(String reason) {
    throw new WireException("the server ended the publisher's connection: " + reason);
  }
}
