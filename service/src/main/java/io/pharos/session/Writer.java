package io.pharos.session;

import io.pharos.message.PharosException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one session's items onto the wire, and the end of it. Items wait in the outbox; one
 * task at a time takes all that wait and writes them as one, or a heart-beat where nothing waits.
 * Closing lets the writer finish what is queued and the protocol's farewell; whoever gives up on
 * that closes the connection under a write.
 */
final class Writer implements Runnable {
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());

  /**
   * How much goes out in one write at the most, in bytes: what a blocked write holds beside the
   * outbox.
   */
  private static final long MAX_WRITE = 64 * 1024;

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  /** What the session does about what happens here. None of it may block. */
  interface Events {

    /** Items were put on the wire. */
    void wrote(List<Outgoing> items);

    /** Nothing is taken any more. Called once, under the writer's lock. */
    void closing(CloseReason why);

    /** The connection is closed. Called once. */
    void finished();
  }

  private final String name;
  private final Connection connection;
  private final long writeTimeout;
  private final long closeTimeout;
  private final long grace;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final Events events;
  private final Outbox outbox;
  private List<Runnable> waiters = new ArrayList<>(0);
  private volatile State state = State.OPEN;
  private boolean writing;

  /** When the write began that is under way; 0 when there is none. Written under the lock. */
  private volatile long writeStarted;

  /** When the last write ended; when the session began, before there was any. */
  private volatile long lastSent;

  private long closingSince;
  private @Nullable CloseReason reason;
  private boolean connectionClosed;
  private boolean closedByWriter;
  private volatile boolean finished;

  /**
   * @param name whose it is, for the log
   */
  Writer(
      String name,
      Connection connection,
      SessionLimits limits,
      Executor executor,
      LongSupplier nanoTime,
      Events events) {
    this.name = name;
    this.connection = connection;
    this.writeTimeout = limits.writeTimeout().toNanos();
    this.closeTimeout = limits.closeTimeout().toNanos();
    this.grace = limits.grace().toNanos();
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.events = events;
    this.outbox = new Outbox(limits);
    this.lastSent = nanoTime.getAsLong();
  }

  long lastSent() {
    return lastSent;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isFinished() {
    return finished;
  }

  synchronized int backlog() {
    return outbox.size();
  }

  /** See {@link Session#offerAll}. */
  boolean offerAll(List<? extends Outgoing> items) {
    boolean due;
    synchronized (this) {
      if (state != State.OPEN) {
        return false;
      }
      if (!takeAll(items)) {
        outbox.clear();
        beginClosing(CloseReason.SLOW_CONSUMER);
        return false;
      }
      due = claim();
    }
    run(due);
    return true;
  }

  private boolean takeAll(List<? extends Outgoing> items) {
    boolean upToDate = outbox.isEmpty();
    for (Outgoing item : items) {
      if (upToDate) {
        outbox.force(item);
      } else if (!outbox.offer(item) && !(isReading() && outbox.offerWithinBytes(item))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the client has not kept a write waiting for longer than the grace. A write that waits
   * for a thread is no fault of the client.
   */
  private boolean isReading() {
    return grace > 0 && (writeStarted == 0 || nanoTime.getAsLong() - writeStarted < grace);
  }

  /** See {@link Session#offerIfRoom}. */
  boolean offerIfRoom(List<? extends Outgoing> items) {
    boolean due;
    synchronized (this) {
      if (!takeIfRoom(items)) {
        return false;
      }
      due = claim();
    }
    run(due);
    return true;
  }

  private boolean takeIfRoom(List<? extends Outgoing> items) {
    if (state != State.OPEN || !outbox.hasRoomFor(items)) {
      return false;
    }
    items.forEach(outbox::force);
    return true;
  }

  /** See {@link Session#offerOrWait}. */
  boolean offerOrWait(List<? extends Outgoing> items, Runnable retry) {
    boolean due;
    synchronized (this) {
      if (!takeIfRoom(items)) {
        if (state == State.OPEN) {
          waiters.add(retry);
        }
        return false;
      }
      due = claim();
    }
    run(due);
    return true;
  }

  private void wakeAll() {
    if (!waiters.isEmpty()) {
      waiters.forEach(executor::execute);
      waiters = new ArrayList<>(0);
    }
  }

  /** See {@link Session#offerWhenRoom}. */
  boolean offerWhenRoom(Outgoing item) throws InterruptedException {
    var room = new CountDownLatch(1);
    while (!offerOrWait(List.of(item), room::countDown)) {
      if (!isOpen()) {
        return false;
      }
      room.await();
      room = new CountDownLatch(1);
    }
    return true;
  }

  /** See {@link Session#answer}. */
  synchronized void answer(Outgoing item) {
    if (state == State.OPEN) {
      outbox.force(item);
      schedule();
    }
  }

  /**
   * Writes a sign of life, unless what waits or is being written is one. It does not go by way of
   * the outbox: most of what an idle session costs are its beats.
   */
  void beat(Outgoing item) {
    synchronized (this) {
      if (state != State.OPEN || writing) {
        return;
      }
      writing = true;
    }
    executor.execute(() -> write(firstOr(item)));
  }

  /** What waits by now, or else the beat. */
  private synchronized List<Outgoing> firstOr(Outgoing beat) {
    if (state != State.OPEN || !outbox.isEmpty()) {
      return next();
    }
    begin();
    return List.of(beat);
  }

  /** See {@link Session#close}. */
  synchronized void close(CloseReason why) {
    if (state == State.OPEN) {
      beginClosing(why);
    }
  }

  /** See {@link Session#disconnected}. */
  synchronized void disconnected(CloseReason why) {
    if (state == State.OPEN) {
      beginClosing(why);
    }
    abandon();
  }

  /**
   * Ends a session whose write takes too long, and gives up on an end that does. The write itself
   * is left alone meanwhile: a client that reads again then finds it whole, and the reason after
   * it, where half a message would be the last that it gets. Nor is a write ever given up before
   * its own time is over: where the container has the same one, it does so by itself.
   *
   * @return in how many nanoseconds to look again, at the latest: a write may begin at any moment
   */
  long tick(long nanos) {
    if (writeStarted == 0 && state == State.OPEN) {
      // Nearly always, for nearly everybody, some times a minute: not worth a lock.
      return Math.min(writeTimeout, closeTimeout);
    }
    synchronized (this) {
      if (state == State.CLOSING && untilGivenUp(nanos) < 0) {
        abandon();
      } else if (state == State.OPEN && writeStarted != 0 && nanos - writeStarted > writeTimeout) {
        outbox.clear();
        beginClosing(CloseReason.WRITE_STALLED);
      }
      return untilGivenUp(nanos);
    }
  }

  private long untilGivenUp(long nanos) {
    long end = closingSince + closeTimeout - nanos;
    long write = writeStarted + writeTimeout - nanos;
    if (writeStarted == 0) {
      return state == State.CLOSING ? end : writeTimeout;
    }
    return state == State.CLOSING ? Math.max(write, end) : write;
  }

  private void beginClosing(CloseReason why) {
    state = State.CLOSING;
    reason = why;
    closingSince = nanoTime.getAsLong();
    for (Outgoing last : farewell(why)) {
      outbox.force(last);
    }
    wakeAll();
    events.closing(why);
    schedule();
  }

  /** A protocol's fault must not keep a session from ending. */
  private List<Outgoing> farewell(CloseReason why) {
    try {
      return connection.farewell(why);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "No farewell for session " + name, e);
      return List.of();
    }
  }

  /** Gives up on writing. */
  private void abandon() {
    state = State.CLOSED;
    finished = true;
    outbox.clear();
    if (!connectionClosed) {
      connectionClosed = true;
      executor.execute(this::closeConnection);
    }
  }

  private void closeConnection() {
    try {
      connection.close(reason == null ? CloseReason.SERVER_ERROR : reason);
    } finally {
      finished = true;
      events.finished();
    }
  }

  private void schedule() {
    boolean due = !writing;
    writing = true;
    run(due);
  }

  /** Whether a writer has to be started for what waits; the caller then does it. */
  private boolean claim() {
    boolean due = !writing && !outbox.isEmpty();
    writing |= due;
    return due;
  }

  /**
   * Starts the writer if it is due. Outside of the lock where it counts: another processor takes it
   * up at once, and would wait for the lock.
   */
  private void run(boolean due) {
    if (due) {
      executor.execute(this);
    }
  }

  /** Writes all that waits. It is the task itself: making one for each write is not worth it. */
  @Override
  public void run() {
    write(next());
  }

  private void write(List<Outgoing> first) {
    List<Outgoing> batch = first;
    while (!batch.isEmpty()) {
      try {
        connection.write(batch);
        events.wrote(batch);
      } catch (IOException e) {
        disconnected(hasStalled() ? CloseReason.WRITE_STALLED : CloseReason.CONNECTION_LOST);
      } catch (PharosException e) {
        // The client has got it, but nobody can be told so. What waits is not written any more: it
        // would be with the same end.
        events.wrote(batch);
        LOG.log(System.Logger.Level.DEBUG, "Session {0} ends: {1}", name, e.detail());
        giveUp(CloseReason.UNAVAILABLE);
      } catch (RuntimeException e) {
        // An encoder's fault must not leave a session that nobody writes to.
        LOG.log(System.Logger.Level.ERROR, "Writing to session " + name + " failed", e);
        disconnected(CloseReason.SERVER_ERROR);
      }
      batch = next();
    }
    if (takesClosing()) {
      // At once, and by the thread that wrote last: a process that is ending starts others late.
      closeConnection();
    }
  }

  private synchronized void giveUp(CloseReason why) {
    if (state == State.OPEN) {
      outbox.clear();
      beginClosing(why);
    }
  }

  /** Whether it is for this thread to close the connection: for one, once. */
  private synchronized boolean takesClosing() {
    boolean mine = closedByWriter;
    closedByWriter = false;
    return mine;
  }

  /**
   * Whether the write that has failed had all the time that a write has: the container may give it
   * up as well, a moment before this one is looked at.
   */
  private boolean hasStalled() {
    return nanoTime.getAsLong() - writeStarted >= writeTimeout - writeTimeout / 10;
  }

  private void begin() {
    writeStarted = nanoTime.getAsLong() | 1;
  }

  /** What to write next; empty when there is nothing, and the writer then ends. */
  private synchronized List<Outgoing> next() {
    if (writeStarted != 0) {
      writeStarted = 0;
      lastSent = nanoTime.getAsLong();
    }
    if (state == State.CLOSED || outbox.isEmpty()) {
      writing = false;
      if (state == State.CLOSING) {
        state = State.CLOSED;
        closedByWriter = !connectionClosed;
        connectionClosed = true;
      }
      return List.of();
    }
    List<Outgoing> batch = outbox.take(MAX_WRITE);
    begin();
    if (outbox.hasRoom()) {
      wakeAll();
    }
    return batch;
  }
}
