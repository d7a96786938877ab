package io.pharos.cli.bench;

import io.pharos.cli.bench.net.Buffers;
import io.pharos.cli.bench.net.Connection;
import io.pharos.cli.bench.net.Peer;
import io.pharos.cli.bench.wire.Bookmark;
import io.pharos.cli.bench.wire.Conversation;
import io.pharos.cli.bench.wire.Line;
import io.pharos.cli.bench.wire.StreamEvents;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One client. Lives on the fleet's reactor. */
final class Subscriber implements Peer, StreamEvents {
  private final int index;
  private final Fleet fleet;
  private final Bookmark bookmark = new Bookmark();
  private @Nullable Connection connection;
  private @Nullable Conversation conversation;
  private @Nullable OwnLine line;
  private @Nullable String lastWords;
  private long liveFrom = Long.MIN_VALUE;
  private boolean known;
  private int attempts;
  private long lostAt;
  private boolean live;
  private volatile int port;

  Subscriber(int index, Fleet fleet) {
    this.index = index;
    this.fleet = fleet;
  }

  int index() {
    return index;
  }

  /** Whether it stops reading once it is subscribed. */
  boolean isSlow() {
    return fleet.load().isSlow(index);
  }

  /** Whether it is subscribed. */
  boolean isLive() {
    return live;
  }

  /** The port on this side. From any thread. */
  int port() {
    return port;
  }

  /** Connects, with the position if there is one. */
  void open() {
    bookmark.rollBack();
    lastWords = null;
    conversation = null;
    connect();
  }

  private void connect() {
    try {
      connection =
          fleet
              .reactor()
              .connect(fleet.address(), isSlow() ? Buffers.SMALL : Buffers.DEFAULT, this);
    } catch (IOException e) {
      lost(why(e), e);
    }
  }

  /** Drops the connection, if it knows how to resume. */
  boolean drop() {
    if (!live || connection == null || !bookmark.isKnown()) {
      return false;
    }
    live = false;
    connection.close();
    return true;
  }

  /** Reads what has been left lying. */
  void readAgain() {
    if (connection != null) {
      connection.startReading();
    }
  }

  @Override
  public void connected(Connection made) {
    port = made.localPort();
    Conversation current = conversation;
    if (current == null) {
      var opened = new OwnLine();
      line = opened;
      int destination = fleet.load().destinationOf(index);
      current = fleet.protocol().open(opened, this, destination, bookmark);
      conversation = current;
    }
    current.start();
  }

  @Override
  public void received(Connection from, byte[] bytes, int offset, int length) {
    if (conversation != null) {
      conversation.received(bytes, offset, length);
    }
  }

  @Override
  public void closed(Connection gone, Exception cause) {
    if (conversation != null && conversation.goesOn()) {
      connect();
      return;
    }
    lost(why(cause), cause);
  }

  @Override
  public void subscribed() {
    live = true;
    if (known) {
      liveFrom = fleet.reactor().arrival();
      if (attempts > 0) {
        fleet.returned(this, liveFrom - lostAt);
        attempts = 0;
      }
    } else {
      known = true;
      attempts = 0;
      fleet.subscribed();
    }
    if (isSlow() && connection != null) {
      connection.stopReading();
    }
  }

  @Override
  public void delivered(int publication, long intended) {
    fleet.delivered(index, publication, intended, liveFrom);
  }

  @Override
  public void gap() {
    fleet.gap(index);
  }

  @Override
  public void ended(String reason) {
    if (lastWords == null) {
      lastWords = reason;
    }
  }

  private void lost(String why, Exception cause) {
    live = false;
    if (attempts == 0) {
      lostAt = System.nanoTime();
    }
    fleet.lost(this, why, cause, attempts);
    attempts++;
  }

  private String why(Exception cause) {
    String words = lastWords;
    String message = cause.getMessage();
    return words != null ? words : message != null ? message : cause.getClass().getSimpleName();
  }

  /** The connection of one conversation, whichever it is; nothing once there is another one. */
  private final class OwnLine implements Line {
    @Override
    public void send(byte[] bytes) {
      if (connection != null) {
        connection.send(bytes);
      }
    }

    @Override
    public void fail(Exception cause) {
      if (connection != null && line == this) {
        connection.fail(cause);
      }
    }
  }
}
