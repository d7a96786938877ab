package io.pharos.cli.bench.publish;

import io.pharos.cli.bench.measure.Schedule;
import io.pharos.cli.bench.net.Buffers;
import io.pharos.cli.bench.net.Connection;
import io.pharos.cli.bench.net.Peer;
import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.wire.PayloadFormat;
import io.pharos.cli.bench.wire.PublisherEvents;
import io.pharos.cli.bench.wire.StompPublisher;
import io.pharos.cli.bench.wire.StompSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * SEND frames over one WebSocket, those that are due together as one message, without receipts: of
 * all ways to publish, the one that costs a server least.
 */
public final class StompLane implements Lane, Peer, PublisherEvents {
  private final Reactor reactor;
  private final StompSettings settings;
  private final PayloadFormat format;
  private final Schedule schedule;
  private final LaneEvents events;
  private @Nullable StompPublisher publisher;

  public StompLane(
      Reactor reactor,
      StompSettings settings,
      PayloadFormat format,
      Schedule schedule,
      LaneEvents events) {
    this.reactor = reactor;
    this.settings = settings;
    this.format = format;
    this.schedule = schedule;
    this.events = events;
  }

  @Override
  public void open() {
    try {
      var unused = reactor.connect(settings.target().address(), Buffers.DEFAULT, this);
    } catch (IOException e) {
      events.broken(e);
    }
  }

  @Override
  public void add(int publication, long intended) {
    if (publisher == null) {
      events.refused(publication, "the publisher's connection is gone");
    } else {
      publisher.add(schedule.destination(publication), publication, intended);
    }
  }

  @Override
  public void flush() {
    if (publisher != null) {
      publisher.flush();
    }
  }

  @Override
  public void connected(Connection made) {
    var opened = new StompPublisher(settings, format, made, this);
    publisher = opened;
    opened.start();
  }

  @Override
  public void received(Connection from, byte[] bytes, int offset, int length) {
    if (publisher != null) {
      publisher.received(bytes, offset, length);
    }
  }

  @Override
  public void closed(Connection gone, Exception cause) {
    publisher = null;
    events.broken(cause);
  }

  @Override
  public void ready() {
    events.ready();
  }

  @Override
  public void answered(int status) {
    // STOMP answers with a receipt, or not at all.
  }

  @Override
  public void ending() {
    // A WebSocket ends by its close frame.
  }
}
