package io.pharos.web;

import io.pharos.admission.Ticket;
import io.pharos.hub.SessionFactory;
import io.pharos.security.Identity;
import io.pharos.session.CloseReason;
import io.pharos.session.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * All event streams of this node. Unlike the runtime's own broadcaster it waits for nobody: each
 * sink has a session with a bounded outbox and a writer of its own, an event is encoded once, and a
 * sink that ends is removed. Any {@link SseEventSink} can be registered.
 */
@ApplicationScoped
public class HubBroadcaster implements SseBroadcaster {
  @Inject SessionFactory sessions;
  @Inject WebLimits limits;

  private final Map<Session, SseEventSink> sinks = new ConcurrentHashMap<>();
  private final List<BiConsumer<SseEventSink, Throwable>> errorListeners =
      new CopyOnWriteArrayList<>();
  private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();

  /** Opens the session of one of our own streams, whose caller is known and has a place. */
  Session register(EventStreamSink sink, Identity identity, Ticket ticket) {
    Session session = sessions.open(sink, ticket);
    sink.attach(session);
    session.liveness().beatEvery(limits.heartbeat(), ControlEvents.HEARTBEAT);
    // From now on it is looked at when its times say so.
    session.login(identity);
    keep(session, sink);
    return session;
  }

  @Override
  public void register(SseEventSink sink) {
    keep(sessions.open(new SinkConnection(sink, error -> failed(sink, error))), sink);
  }

  private void keep(Session session, SseEventSink sink) {
    sinks.put(session, sink);
    session.whenClosed(() -> ended(session));
  }

  @Override
  public CompletionStage<?> broadcast(OutboundSseEvent event) {
    StreamEvent encoded = StreamEvent.of(event);
    sinks.keySet().forEach(session -> session.offer(encoded));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(BiConsumer<SseEventSink, Throwable> listener) {
    errorListeners.add(listener);
  }

  @Override
  public void onClose(Consumer<SseEventSink> listener) {
    closeListeners.add(listener);
  }

  @Override
  public void close() {
    close(true);
  }

  @Override
  public void close(boolean cascading) {
    if (cascading) {
      sinks.keySet().forEach(session -> session.close(CloseReason.SERVER_STOPPING));
    }
    sinks.clear();
  }

  private void failed(SseEventSink sink, Throwable error) {
    errorListeners.forEach(listener -> listener.accept(sink, error));
  }

  private void ended(Session session) {
    SseEventSink sink = sinks.remove(session);
    if (sink != null) {
      closeListeners.forEach(listener -> listener.accept(sink));
    }
  }
}
