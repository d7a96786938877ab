package io.pharos.web;

import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Outgoing;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A sink of the JAX-RS runtime, as the connection of a session: one event at a time, as it is made
 * to.
 */
final class SinkConnection implements Connection {

  private final SseEventSink sink;
  private final Consumer<Throwable> onError;

  SinkConnection(SseEventSink sink, Consumer<Throwable> onError) {
    this.sink = sink;
    this.onError = onError;
  }

  @Override
  public void write(List<Outgoing> batch) throws IOException {
    for (Outgoing item : batch) {
      if (item instanceof StreamEvent event && event.original() != null) {
        send(event.original());
      }
    }
  }

  private void send(OutboundSseEvent event) throws IOException {
    try {
      sink.send(event).toCompletableFuture().join();
    } catch (CompletionException | IllegalStateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      onError.accept(cause);
      throw new IOException("the sink failed", cause);
    }
  }

  @Override
  public List<Outgoing> farewell(CloseReason reason) {
    return List.of();
  }

  @Override
  public void close(CloseReason reason) {
    sink.close();
  }
}
