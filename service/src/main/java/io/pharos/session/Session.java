package io.pharos.session;

import io.pharos.message.PharosException;
import io.pharos.security.Identity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client: what waits for it, and the one writer that puts it on the wire. Offering never blocks
 * and never writes; a client that does not keep up fills its own outbox and is then cut off, with
 * the rest of the server none the wiser.
 */
public final class Session {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

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

  private final String id;
  private final Connection connection;
  private final SessionLimits limits;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final SessionListener listener;
  private final Liveness liveness;
  private final long opened;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Outbox outbox;
  private List<Runnable> waiters = new ArrayList<>(0);
  private volatile State state = State.OPEN;
  private boolean writing;
  private long writeStarted;
  private long closingSince;
  private @Nullable CloseReason reason;
  private boolean connectionClosed;
  private boolean closedByWriter;
  private volatile boolean finished;
  private volatile @Nullable Identity identity;
  private @Nullable Runnable closeAction;

  /**
   * @param executor runs the writer, which may block: a virtual thread a task
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  public Session(
      String id,
      Connection connection,
      SessionLimits limits,
      Executor executor,
      LongSupplier nanoTime,
      SessionListener listener) {
    this.id = id;
    this.connection = connection;
    this.limits = limits;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.outbox = new Outbox(limits);
    this.opened = nanoTime.getAsLong();
    this.liveness = new Liveness(nanoTime.getAsLong());
  }

  public String id() {
    return id;
  }

  /** What carries the session, in a word. */
  public String transport() {
    return connection.transport();
  }

  /** How long it has been open. */
  public Duration age() {
    return Duration.ofNanos(nanoTime.getAsLong() - opened);
  }

  /** Fixes who the client is, once and for all. */
  public void login(Identity newIdentity) {
    if (identity != null) {
      throw PharosException.badRequest("the session is logged in already");
    }
    identity = newIdentity;
  }

  public @Nullable Identity identityOrNull() {
    return identity;
  }

  /** Who the client is; only to be asked after {@link #login}. */
  public Identity identity() {
    Identity known = identity;
    if (known == null) {
      throw new IllegalStateException("session " + id + " is not logged in");
    }
    return known;
  }

  /**
   * Runs an action once the session has ended, at once when it has already; replaces an earlier
   * one.
   */
  public void whenClosed(Runnable action) {
    lock.lock();
    try {
      closeAction = action;
      if (state != State.OPEN) {
        executor.execute(action);
      }
    } finally {
      lock.unlock();
    }
  }

  /** When something was last received or sent, and what follows when nothing is. */
  public Liveness liveness() {
    return liveness;
  }

  /**
   * Adds one item to what is written next. Never blocks. When the outbox is full, the session is
   * closed as a slow consumer.
   *
   * @return whether it was taken
   */
  public boolean offer(Outgoing item) {
    return offerAll(List.of(item));
  }

  /**
   * {@link #offer} for several items at once, which then leave in one write as far as possible. To
   * a client for which nothing waits, all of them are taken, however many they are: that they came
   * together is the publisher's doing.
   */
  public boolean offerAll(List<? extends Outgoing> items) {
    lock.lock();
    try {
      if (state != State.OPEN) {
        return false;
      }
      boolean upToDate = outbox.isEmpty();
      for (Outgoing item : items) {
        if (upToDate) {
          outbox.force(item);
        } else if (!outbox.offer(item)) {
          outbox.clear();
          beginClosing(CloseReason.SLOW_CONSUMER);
          return false;
        }
      }
      if (!outbox.isEmpty()) {
        schedule();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds items, all or none, if half of the outbox is free and they fit in, or all of it is free.
   * Never blocks, and never closes the session.
   */
  public boolean offerIfRoom(List<? extends Outgoing> items) {
    lock.lock();
    try {
      if (state != State.OPEN || !outbox.hasRoomFor(items)) {
        return false;
      }
      items.forEach(outbox::force);
      schedule();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@link #offerIfRoom}, or runs a task once there may be room, or the session has ended. For a
   * session that has ended already, it does neither.
   */
  public boolean offerOrWait(List<? extends Outgoing> items, Runnable retry) {
    lock.lock();
    try {
      if (offerIfRoom(items)) {
        return true;
      }
      if (state == State.OPEN) {
        waiters.add(retry);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void wakeAll() {
    room.signalAll();
    if (!waiters.isEmpty()) {
      waiters.forEach(executor::execute);
      waiters = new ArrayList<>(0);
    }
  }

  /**
   * Adds one item as soon as half of the outbox is free and the item fits in, or all of it is free:
   * for replay, which adapts to the client. May block.
   */
  public boolean offerWhenRoom(Outgoing item) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (state == State.OPEN && !outbox.hasRoomFor(item)) {
        room.await();
      }
      return offer(item);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an item that answers the client, beyond the outbox's bounds. The protocol bounds how many
   * there can be.
   */
  public void answer(Outgoing item) {
    lock.lock();
    try {
      if (state == State.OPEN) {
        outbox.force(item);
        schedule();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the session after what is queued and the protocol's farewell are written. Idempotent;
   * never blocks.
   */
  public void close(CloseReason why) {
    lock.lock();
    try {
      if (state == State.OPEN) {
        beginClosing(why);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The transport is gone: ends the session without writing anything more. */
  public void disconnected(CloseReason why) {
    lock.lock();
    try {
      if (state == State.OPEN) {
        beginClosing(why);
      }
      outbox.clear();
      abandon();
    } finally {
      lock.unlock();
    }
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether everything is written that will be, and the connection is closed or given up. */
  public boolean isFinished() {
    return finished;
  }

  /** How many items wait to be written. */
  public int backlog() {
    lock.lock();
    try {
      return outbox.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks at the clocks: heart-beats, expiry, stalled writes. To be called some times a second;
   * never blocks.
   */
  public void tick(Instant now) {
    long nanos = nanoTime.getAsLong();
    lock.lock();
    try {
      if (state == State.OPEN) {
        Identity known = identity;
        CloseReason due =
            known != null && !now.isBefore(known.expiresAt())
                ? CloseReason.TOKEN_EXPIRED
                : liveness.overdue(nanos);
        Outgoing beat = liveness.beatDue(nanos);
        if (due != null) {
          beginClosing(due);
        } else if (beat != null && !writing) {
          outbox.force(beat);
          schedule();
        }
      }
      long timeout = limits.writeTimeout().toNanos();
      if (writeStarted != 0 && nanos - writeStarted > timeout) {
        if (state == State.OPEN) {
          beginClosing(CloseReason.WRITE_STALLED);
        }
        abandon();
      } else if (state == State.CLOSING && nanos - closingSince > timeout) {
        abandon();
      }
    } finally {
      lock.unlock();
    }
  }

  private void beginClosing(CloseReason why) {
    state = State.CLOSING;
    reason = why;
    closingSince = nanoTime.getAsLong();
    for (Outgoing last : farewell(why)) {
      outbox.force(last);
    }
    wakeAll();
    executor.execute(() -> listener.closed(this, why));
    if (closeAction != null) {
      executor.execute(closeAction);
    }
    schedule();
  }

  /** A protocol's fault must not keep a session from ending. */
  private List<Outgoing> farewell(CloseReason why) {
    try {
      return connection.farewell(why);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "No farewell for session " + id, e);
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
      listener.finished(this);
    }
  }

  private void schedule() {
    if (!writing) {
      writing = true;
      executor.execute(this::write);
    }
  }

  private void write() {
    List<Outgoing> batch = next();
    while (!batch.isEmpty()) {
      try {
        connection.write(batch);
        listener.wrote(this, batch.size());
      } catch (IOException e) {
        disconnected(CloseReason.CONNECTION_LOST);
      } catch (RuntimeException e) {
        // An encoder's fault must not leave a session that nobody writes to.
        LOG.log(System.Logger.Level.ERROR, "Writing to session " + id + " failed", e);
        disconnected(CloseReason.SERVER_ERROR);
      }
      batch = next();
    }
    if (closedByWriter) {
      // At once, and by the thread that wrote last: a process that is ending starts others late.
      closeConnection();
    }
  }

  /** What to write next; empty when there is nothing, and the writer then ends. */
  private List<Outgoing> next() {
    lock.lock();
    try {
      if (writeStarted != 0) {
        writeStarted = 0;
        liveness.sent(nanoTime.getAsLong());
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
      writeStarted = nanoTime.getAsLong() | 1;
      if (outbox.hasRoom()) {
        wakeAll();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    Identity known = identity;
    return known == null ? id : id + " of " + known.user();
  }
}
