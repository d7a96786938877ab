package io.pharos.cli.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Moves a response's body into an inbox, as fast as that is read. */
final class ChunkFeed implements Flow.Subscriber<List<ByteBuffer>> {
  private final Inbox inbox;
  private Flow.@Nullable Subscription subscription;
  private boolean cancelled;

  ChunkFeed(Inbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean late;
    synchronized (this) {
      subscription = given;
      late = cancelled;
    }
    if (late) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] chunk = new byte[buffer.remaining()];
      buffer.get(chunk);
      inbox.put(chunk);
    }
    Flow.Subscription current;
    synchronized (this) {
      current = subscription;
    }
    if (current != null) {
      current.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    inbox.end(new IOException("the connection broke", failure));
  }

  @Override
  public void onComplete() {
    inbox.end();
  }

  /** Ends the exchange. */
  void cancel() {
    Flow.Subscription current;
    synchronized (this) {
      cancelled = true;
      current = subscription;
    }
    inbox.close();
    if (current != null) {
      current.cancel();
    }
  }
}
