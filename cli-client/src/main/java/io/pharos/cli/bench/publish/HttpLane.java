package io.pharos.cli.bench.publish;

import io.pharos.cli.bench.measure.Schedule;
import io.pharos.cli.bench.net.Buffers;
import io.pharos.cli.bench.net.Connection;
import io.pharos.cli.bench.net.Peer;
import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.wire.HttpAnswers;
import io.pharos.cli.bench.wire.HttpPublisher;
import io.pharos.cli.bench.wire.PublisherEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * POST requests, pipelined over one connection (RFC 9112, section 9.3.2). When the server closes
 * it, as many do after some number of requests, what has no answer is sent again over the next one.
 * While the server is away, publications count as refused.
 */
public final class HttpLane implements Lane, Peer, PublisherEvents {
  private static final int MAX_FAILURES = 5;
  private static final long PAUSE = 200_000_000;

  private final Reactor reactor;
  private final InetSocketAddress address;
  private final HttpPublisher publisher;
  private final Schedule schedule;
  private final LaneEvents events;
  private final Deque<Integer> unanswered = new ArrayDeque<>();
  private final ByteArrayOutputStream due = new ByteArrayOutputStream();
  private @Nullable Connection connection;
  private HttpAnswers answers = new HttpAnswers(this);
  private boolean standing;
  private boolean ending;
  private boolean announced;
  private int failures;

  public HttpLane(
      Reactor reactor,
      InetSocketAddress address,
      HttpPublisher publisher,
      Schedule schedule,
      LaneEvents events) {
    this.reactor = reactor;
    this.address = address;
    this.publisher = publisher;
    this.schedule = schedule;
    this.events = events;
  }

  @Override
  public void open() {
    ending = false;
    standing = false;
    answers = new HttpAnswers(this);
    try {
      connection = reactor.connect(address, Buffers.DEFAULT, this);
    } catch (IOException e) {
      retry(e);
    }
  }

  @Override
  public void add(int publication, long intended) {
    if (!standing && failures >= MAX_FAILURES) {
      events.refused(publication, "the server was away");
      return;
    }
    unanswered.add(publication);
    if (standing) {
      due.writeBytes(publisher.request(schedule.destination(publication), publication, intended));
    }
  }

  @Override
  public void flush() {
    if (due.size() > 0 && connection != null) {
      byte[] requests = due.toByteArray();
      due.reset();
      connection.send(requests);
    }
  }

  @Override
  public void connected(Connection made) {
    standing = true;
    List<Integer> again = new ArrayList<>(unanswered);
    unanswered.clear();
    again.forEach(publication -> add(publication, schedule.intended(publication)));
    flush();
    answers.start();
  }

  @Override
  public void received(Connection from, byte[] bytes, int offset, int length) {
    answers.received(bytes, offset, length);
    if (ending) {
      from.close();
      open();
    }
  }

  @Override
  public void closed(Connection gone, Exception cause) {
    retry(cause);
  }

  @Override
  public void ready() {
    if (!announced) {
      announced = true;
      events.ready();
    }
  }

  @Override
  public void answered(int status) {
    failures = 0;
    Integer publication = unanswered.poll();
    if (publication != null && (status < 200 || status > 299)) {
      events.refused(publication, "the server answered " + status + " to a publication");
    }
  }

  @Override
  public void ending() {
    ending = true;
  }

  private void retry(Exception cause) {
    standing = false;
    due.reset();
    failures++;
    if (!announced) {
      events.broken(cause);
    } else if (failures < MAX_FAILURES) {
      open();
    } else {
      unanswered.forEach(publication -> events.refused(publication, "the connection was lost"));
      unanswered.clear();
      reactor.at(System.nanoTime() + PAUSE, this::open);
    }
  }
}
