package io.pharos.cli.bench;

import io.pharos.cli.bench.net.Buffers;
import io.pharos.cli.bench.net.Connection;
import io.pharos.cli.bench.net.Peer;
import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.wire.Courier;
import io.pharos.cli.bench.wire.HttpAnswers;
import io.pharos.cli.bench.wire.PublisherEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection for requests, one at a time. A server may close it between two of them; a request
 * that met such an end is sent once more.
 */
final class SharedLine implements Peer, PublisherEvents {
  private final Reactor reactor;
  private final InetSocketAddress address;
  private final Runnable free;
  private @Nullable Connection connection;
  private @Nullable Errand errand;
  private HttpAnswers answers = new HttpAnswers(this);
  private int status;
  private boolean used;
  private boolean ending;

  /**
   * @param free what to do once another request can be taken
   */
  SharedLine(Reactor reactor, InetSocketAddress address, Runnable free) {
    this.reactor = reactor;
    this.address = address;
    this.free = free;
  }

  boolean isFree() {
    return errand == null;
  }

  void take(Errand next) {
    errand = next;
    if (connection == null) {
      open();
    } else {
      connection.send(next.request());
    }
  }

  private void open() {
    answers = new HttpAnswers(this);
    used = false;
    ending = false;
    try {
      var unused = reactor.connect(address, Buffers.DEFAULT, this);
    } catch (IOException e) {
      finish(Courier.NO_ANSWER);
    }
  }

  @Override
  public void connected(Connection made) {
    connection = made;
    answers.start();
    Errand first = errand;
    if (first != null) {
      made.send(first.request());
    }
  }

  @Override
  public void received(Connection from, byte[] bytes, int offset, int length) {
    status = Courier.NO_ANSWER;
    answers.received(bytes, offset, length);
    if (ending) {
      from.close();
      connection = null;
    }
    if (status != Courier.NO_ANSWER) {
      used = true;
      finish(status);
    }
  }

  @Override
  public void closed(Connection gone, Exception cause) {
    connection = null;
    if (errand != null && used && cause instanceof IOException) {
      open();
    } else if (errand != null) {
      finish(Courier.NO_ANSWER);
    }
  }

  @Override
  public void ready() {
    // The first request is sent when the connection stands.
  }

  @Override
  public void ending() {
    ending = true;
  }

  @Override
  public void answered(int given) {
    status = given;
  }

  private void finish(int outcome) {
    Errand done = errand;
    errand = null;
    if (done != null) {
      done.answered(outcome);
    }
    free.run();
  }
}
