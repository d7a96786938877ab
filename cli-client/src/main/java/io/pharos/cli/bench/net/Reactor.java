package io.pharos.cli.bench.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thread that serves many connections, and does things at their times. */
public final class Reactor implements AutoCloseable {
  private static final int READ_BUFFER = 64 << 10;
  private static final long MILLISECOND = 1_000_000;
  private static final long FOREVER = 1000 * MILLISECOND;

  private final Selector selector;
  private final byte[] bytes = new byte[READ_BUFFER];
  private final ByteBuffer readBuffer = ByteBuffer.wrap(bytes);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Consumer<SelectionKey> serve = this::serve;
  private final Thread thread;
  private volatile boolean open = true;
  private volatile @Nullable Throwable failure;
  private long arrival;
  private long begin;
  private volatile long longestRound;
  private volatile long busy;

  private record Timer(long at, Runnable action) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return Long.signum(at - other.at);
    }
  }

  public Reactor(String name) throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Opens a connection. On the reactor's thread. */
  public Connection connect(InetSocketAddress address, Buffers buffers, Peer peer)
      throws IOException {
    return Connection.open(selector, address, buffers, peer);
  }

  /** Does something on the reactor's thread, soon. From any thread. */
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Does something at a time of {@link System#nanoTime}. On the reactor's thread. */
  public void at(long time, Runnable action) {
    timers.add(new Timer(time, action));
  }

  /** When the bytes came that are being handled. On the reactor's thread. */
  public long arrival() {
    return arrival;
  }

  /** The longest time, in nanoseconds, that one round over all ready connections took. */
  public long longestRound() {
    return longestRound;
  }

  /** How long, in nanoseconds, the thread has had something to do. */
  public long busy() {
    return busy;
  }

  /** Begins to measure anew. On the reactor's thread. */
  public void resetMeasures() {
    longestRound = 0;
    busy = 0;
  }

  /** What ended the reactor, if it did not end by itself. */
  public @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    open = false;
    selector.wakeup();
    try {
      thread.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }

  /** Reads once, into {@link #bytes}; notes the time. */
  int read(SocketChannel channel) throws IOException {
    readBuffer.clear();
    int count = channel.read(readBuffer);
    arrival = System.nanoTime();
    return count;
  }

  /** What was read last, from the first byte on. */
  byte[] bytes() {
    return bytes;
  }

  private void run() {
    try {
      while (open) {
        round();
      }
      for (SelectionKey key : selector.keys()) {
        ((Connection) key.attachment()).close();
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes.
  private void round() throws IOException {
    begin = 0;
    select(untilNextTimer());
    long now = System.nanoTime();
    if (begin == 0) {
      begin = now;
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    for (Timer next = timers.peek(); next != null && next.at <= now; next = timers.peek()) {
      timers.remove(next);
      next.action.run();
    }
    long length = System.nanoTime() - begin;
    busy += length;
    longestRound = Math.max(longestRound, length);
  }

  private void select(long wait) throws IOException {
    if (!tasks.isEmpty() || wait <= 0) {
      selector.selectNow(serve);
    } else if (wait < MILLISECOND) {
      // A selector waits for whole milliseconds only.
      LockSupport.parkNanos(wait);
      selector.selectNow(serve);
    } else {
      selector.select(serve, wait / MILLISECOND);
    }
  }

  private long untilNextTimer() {
    Timer next = timers.peek();
    return next == null ? FOREVER : next.at - System.nanoTime();
  }

  private void serve(SelectionKey key) {
    if (begin == 0) {
      begin = System.nanoTime();
    }
    ((Connection) key.attachment()).ready(this);
  }
}
