package io.pharos.session;

import io.pharos.message.PharosException;
import io.pharos.security.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client: who it is, how long it may stay, and what waits for it. Offering never blocks and
 * never writes; a client that does not keep up fills its own outbox and is then cut off, with the
 * rest of the server none the wiser.
 */
public final class Session {
  /**
   * How long nobody looks at the clocks before the client has logged in, and with that said how
   * often it wants to hear something.
   */
  private static final long UNKNOWN = Duration.ofSeconds(1).toNanos();

  private final String id;
  private final Connection connection;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final SessionListener listener;
  private final Liveness liveness;
  private final long opened;
  private final Writer writer;
  private final AtomicReference<@Nullable Runnable> closeAction = new AtomicReference<>();
  private volatile @Nullable Identity identity;

  /**
   * @param executor runs the writer and what else is due, all of which may block: {@link
   *     WriterThreads}
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
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.opened = nanoTime.getAsLong();
    this.liveness = new Liveness(opened);
    this.writer = new Writer(id, connection, limits, executor, nanoTime, new Events());
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
    listener.loggedIn(this);
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
    closeAction.set(action);
    if (!writer.isOpen()) {
      runCloseAction();
    }
  }

  private void runCloseAction() {
    Runnable action = closeAction.getAndSet(null);
    if (action != null) {
      executor.execute(action);
    }
  }

  /** When something was last received, and what follows from silence on either side. */
  public Liveness liveness() {
    return liveness;
  }

  /**
   * Adds one item to what is written next. Never blocks. When the outbox is full, the session is
   * closed as a slow consumer. For a client that still reads, full means its bytes; for one that
   * keeps a write waiting, its messages, too.
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
    return writer.offerAll(items);
  }

  /**
   * Adds items, all or none, if half of the outbox is free and they fit in, or all of it is free.
   * Never blocks, and never closes the session.
   */
  public boolean offerIfRoom(List<? extends Outgoing> items) {
    return writer.offerIfRoom(items);
  }

  /**
   * {@link #offerIfRoom}, or runs a task once there may be room, or the session has ended. For a
   * session that has ended already, it does neither.
   */
  public boolean offerOrWait(List<? extends Outgoing> items, Runnable retry) {
    return writer.offerOrWait(items, retry);
  }

  /**
   * Adds one item as soon as half of the outbox is free and the item fits in, or all of it is free:
   * for replay, which adapts to the client. May block.
   */
  public boolean offerWhenRoom(Outgoing item) throws InterruptedException {
    return writer.offerWhenRoom(item);
  }

  /**
   * Adds an item that answers the client, beyond the outbox's bounds. The protocol bounds how many
   * there can be.
   */
  public void answer(Outgoing item) {
    writer.answer(item);
  }

  /**
   * Ends the session after what is queued and the protocol's farewell are written. Idempotent;
   * never blocks.
   */
  public void close(CloseReason why) {
    writer.close(why);
  }

  /** The transport is gone: ends the session without writing anything more. */
  public void disconnected(CloseReason why) {
    writer.disconnected(why);
  }

  public boolean isOpen() {
    return writer.isOpen();
  }

  /** Whether everything is written that will be, and the connection is closed or given up. */
  public boolean isFinished() {
    return writer.isFinished();
  }

  /** How many items wait to be written. */
  public int backlog() {
    return writer.backlog();
  }

  /**
   * Looks at the clocks: heart-beats, expiry, stalled writes. Never blocks.
   *
   * @return in how many nanoseconds to look again, at the latest: when the next of the times that
   *     run is over, or that of a write that begins now
   */
  public long tick(Instant now) {
    long nanos = nanoTime.getAsLong();
    // Before its times are read: once it is settled, they are set.
    boolean settled = identity != null && !liveness.isSettling();
    long quiet = nanos - writer.lastSent();
    if (writer.isOpen()) {
      CloseReason due = due(now, nanos);
      Outgoing beat = liveness.beatDue(quiet);
      if (due != null) {
        writer.close(due);
      } else if (beat != null) {
        writer.beat(beat);
        quiet = 0;
      }
    }
    long calm = writer.tick(nanos);
    if (!writer.isOpen()) {
      return calm;
    }
    calm = Math.min(calm, Math.min(liveness.untilBeat(quiet), untilDue(now, nanos)));
    return settled ? calm : Math.min(calm, UNKNOWN);
  }

  /**
   * Sends a client one heart-beat before its time where nothing but writing tells that a client has
   * gone, unless something was sent just now.
   *
   * @param recent in nanoseconds, how long ago something is sent just now
   */
  void soundOut(long recent) {
    Outgoing beat = connection.noticesItsEnd() ? null : liveness.beatOrNull();
    if (beat != null && nanoTime.getAsLong() - writer.lastSent() >= recent) {
      writer.beat(beat);
    }
  }

  /** In how many nanoseconds the token expires, or the client has been silent for too long. */
  private long untilDue(Instant now, long nanos) {
    long silence = liveness.untilOverdue(nanos);
    Identity known = identity;
    return known != null && known.expiresAt().isBefore(now.plusNanos(silence))
        ? Duration.between(now, known.expiresAt()).toNanos()
        : silence;
  }

  private @Nullable CloseReason due(Instant now, long nanos) {
    Identity known = identity;
    return known != null && !now.isBefore(known.expiresAt())
        ? CloseReason.TOKEN_EXPIRED
        : liveness.overdue(nanos);
  }

  /** What the writer's doings mean for the session. */
  private final class Events implements Writer.Events {
    @Override
    public void wrote(List<Outgoing> items) {
      listener.wrote(Session.this, items);
    }

    @Override
    public void closing(CloseReason why) {
      executor.execute(() -> listener.closed(Session.this, why));
      runCloseAction();
    }

    @Override
    public void finished() {
      listener.finished(Session.this);
    }
  }

  @Override
  public String toString() {
    Identity known = identity;
    return known == null ? id : id + " of " + known.user();
  }
}
