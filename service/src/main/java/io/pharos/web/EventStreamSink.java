package io.pharos.web;

import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Delivery;
import io.pharos.session.Gap;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.sse.CursorTracker;
import io.pharos.sse.EventBuffer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One client's event stream: the connection under its session, and for JAX-RS the sink that it is.
 * What is queued leaves in one write and one flush, encoded once for all streams.
 *
 * <p>Everything goes through the session; {@link #send} is no way around it.
 */
final class EventStreamSink implements SseEventSink, Connection {
  /**
   * Within what time the container has given up a write by itself, once the session has: that never
   * gives it up before {@code pharos.write-timeout}, which is the container's time for it as well,
   * and the container looks at its clock every few seconds.
   */
  private static final Duration GIVEN_UP = Duration.ofSeconds(20);

  private final AsyncContext exchange;
  private final ServletOutputStream out;
  private final CursorTracker cursor;
  private final EventBuffer buffer = new EventBuffer();
  private final BlockingWrite blocking = new BlockingWrite();
  private volatile @Nullable Session session;

  /**
   * Takes over an exchange whose headers are sent.
   *
   * @param exchange without a timeout of its own
   */
  EventStreamSink(AsyncContext exchange, ServletOutputStream out, CursorTracker cursor) {
    this.exchange = exchange;
    this.out = out;
    this.cursor = cursor;
  }

  void attach(Session newSession) {
    session = newSession;
  }

  @Override
  public void write(List<Outgoing> batch) throws IOException {
    for (Outgoing item : batch) {
      append(item);
    }
    if (buffer.length() == 0) {
      return;
    }
    blocking.begin();
    try {
      buffer.drainTo(out);
      out.flush();
    } finally {
      blocking.end();
    }
  }

  private void append(Outgoing item) {
    switch (item) {
      case Delivery delivery -> {
        if (delivery.subscription().isOpen()) {
          cursor.append(delivery.message(), buffer);
        }
      }
      case Gap gap -> {
        cursor.moveTo(gap.destination(), gap.position());
        buffer.event(cursor.token(), "gap", ControlEvents.gap(gap));
      }
      case StreamEvent event -> event.appendTo(buffer);
      default -> throw new IllegalStateException("an event stream has no form for " + item);
    }
  }

  @Override
  public String transport() {
    return "sse";
  }

  @Override
  public boolean noticesItsEnd() {
    return false;
  }

  @Override
  public List<Outgoing> farewell(CloseReason reason) {
    return reason == CloseReason.CONNECTION_LOST
        ? List.of()
        : List.of(ControlEvents.farewell(reason, cursor));
  }

  @Override
  public void close(CloseReason reason) {
    blocking.awaitEnd(GIVEN_UP);
    try {
      exchange.complete();
    } catch (IllegalStateException e) {
      // The container has ended the exchange already: there is nothing left to close.
      System.getLogger(EventStreamSink.class.getName())
          .log(System.Logger.Level.DEBUG, "The exchange has ended: {0}", e.getMessage());
    }
    blocking.abort();
  }

  @Override
  public boolean isClosed() {
    Session known = session;
    return known == null || !known.isOpen();
  }

  @Override
  public CompletionStage<?> send(OutboundSseEvent event) {
    Session known = session;
    if (known != null && known.offer(StreamEvent.of(event))) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.failedFuture(new IOException("the event stream has ended"));
  }

  @Override
  public void close() {
    Session known = session;
    if (known != null) {
      known.close(CloseReason.CLIENT_DONE);
    }
  }
}
