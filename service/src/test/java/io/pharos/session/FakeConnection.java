package io.pharos.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records what is written and how it is closed. */
public class FakeConnection implements Connection {
  /** What a session says at its end, and why. */
  public record Farewell(CloseReason reason) implements Outgoing {
    @Override
    public int weight() {
      return 50;
    }
  }

  private final List<List<Outgoing>> writes = new ArrayList<>();
  private final List<CloseReason> closes = new ArrayList<>();
  private final List<Thread> closers = new ArrayList<>();
  private @Nullable Exception failure;
  private boolean failsOnce;

  /** Every write from now on fails: with an I/O error, or with a fault. */
  public synchronized void failWith(Exception newFailure) {
    failure = newFailure;
  }

  /** The next write fails, and no other one. */
  synchronized void failOnceWith(RuntimeException newFailure) {
    failure = newFailure;
    failsOnce = true;
  }

  @Override
  public void write(List<Outgoing> batch) throws IOException {
    synchronized (this) {
      Exception next = failure;
      failure = failsOnce ? null : failure;
      if (next instanceof IOException e) {
        throw e;
      }
      if (next instanceof RuntimeException e) {
        throw e;
      }
      writes.add(List.copyOf(batch));
      notifyAll();
    }
  }

  @Override
  public List<Outgoing> farewell(CloseReason reason) {
    return List.of(new Farewell(reason));
  }

  @Override
  public synchronized void close(CloseReason reason) {
    closes.add(reason);
    closers.add(Thread.currentThread());
  }

  public synchronized List<List<Outgoing>> writes() {
    return List.copyOf(writes);
  }

  public synchronized List<Outgoing> written() {
    return writes.stream().flatMap(List::stream).toList();
  }

  public synchronized List<CloseReason> closes() {
    return List.copyOf(closes);
  }

  public synchronized List<Thread> closers() {
    return List.copyOf(closers);
  }
}
