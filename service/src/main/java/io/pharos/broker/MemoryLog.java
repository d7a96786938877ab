package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One destination's log: its epoch, its offsets, its retained tail and the idempotency keys it
 * remembers. Messages are appended under one lock and handed out in that order, one batch at a
 * time, which makes the log's order everybody's order. Between two batches it may rest.
 */
final class MemoryLog {
  private static final System.Logger LOG = System.getLogger(MemoryLog.class.getName());

  /** How many messages, and how many bytes, wait to be handed out before publishers wait, too. */
  private static final int MAX_PENDING = 256;

  private static final long MAX_PENDING_BYTES = 4 << 20;

  /** How much ends a rest: with as much as one write takes, nothing more is to be gained. */
  private static final int ENOUGH = 64;

  private static final long ENOUGH_BYTES = 64 << 10;

  /** For how long a message's forms are kept: until those who are there have got it. */
  private static final Duration WARM = Duration.ofSeconds(1);

  private final Destination destination;
  private final String epoch;
  private final HistoryLimits limits;
  private final HandOuts handOuts;
  private final BiFunction<Destination, List<Message>, HandOut> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final RetainedMessages retained = new RetainedMessages();
  private final RecentKeys keys = new RecentKeys();
  private List<Message> pending = new ArrayList<>(1);
  private long pendingBytes;
  private boolean handingOut;

  /** What is due at the end of the rest, while there is one and messages are pending. */
  private @Nullable Rested rested;

  private boolean restless;

  /** The batch that is handed out. Only the step that is under way touches it. */
  private @Nullable HandOut current;

  private final Pace pace;
  private final Runnable begun;

  private volatile long top;
  private Instant used;
  private boolean dropped;

  /**
   * @param begun called when the first message comes
   */
  MemoryLog(
      Destination destination,
      String epoch,
      HistoryLimits limits,
      Instant now,
      HandOuts handOuts,
      Pace pace,
      Runnable begun,
      BiFunction<Destination, List<Message>, HandOut> listener) {
    this.destination = destination;
    this.epoch = epoch;
    this.limits = limits;
    this.used = now;
    this.handOuts = handOuts;
    this.pace = pace;
    this.begun = begun;
    this.listener = listener;
  }

  /**
   * Appends, and has it handed out; false when this log was dropped and another one must be used.
   * Waits while too much is still to be handed out.
   */
  boolean append(List<Publication> publications, Instant given, List<Published> answers) {
    lock.lock();
    try {
      awaitRoom();
      if (dropped) {
        return false;
      }
      Instant now = use(given);
      keys.forget(now);
      for (Publication publication : publications) {
        answers.add(append(publication, now));
      }
      retained.trim(limits, now);
      retained.cool(now.minus(WARM));
      if (handingOut) {
        cutRestShort();
      } else if (!pending.isEmpty()) {
        handingOut = true;
        handOut();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Has what is pending handed out, after a rest where one is due. */
  private void handOut() {
    Duration rest = rest();
    if (rest.isZero()) {
      handOuts.run(this::step, rest);
    } else {
      handOutAfter(rest);
    }
  }

  private Duration rest() {
    return mayRest() ? pace.rest() : Duration.ZERO;
  }

  private void handOutAfter(Duration rest) {
    rested = new Rested(this::step);
    handOuts.run(rested, rest);
  }

  private void cutRestShort() {
    if (rested != null && !mayRest() && rested.cutShort()) {
      handOuts.run(this::step, Duration.ZERO);
    }
  }

  private boolean mayRest() {
    return !restless && pending.size() < ENOUGH && pendingBytes < ENOUGH_BYTES;
  }

  /** Nothing waits any longer, now and from now on. */
  void neverRest() {
    lock.lock();
    try {
      restless = true;
      cutRestShort();
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is something that was not handed out to its end. */
  boolean isHandingOut() {
    lock.lock();
    try {
      return handingOut;
    } finally {
      lock.unlock();
    }
  }

  /** Not interruptibly: whoever hands out never waits for publishers, and is soon done. */
  private void awaitRoom() {
    while (handingOut && (pending.size() >= MAX_PENDING || pendingBytes >= MAX_PENDING_BYTES)) {
      room.awaitUninterruptibly();
    }
  }

  private Published append(Publication publication, Instant now) {
    String key = publication.idempotencyKey();
    if (key != null) {
      Position known = keys.get(key);
      if (known != null) {
        return new Published(destination, known, true);
      }
    }
    long offset = top + 1;
    if (offset == 1) {
      begun.run();
    }
    top = offset;
    var position = new Position(epoch, offset);
    var message = new Message(position, now, publication);
    pending.add(message);
    pendingBytes += message.weight();
    if (limits.size() > 0) {
      retained.add(message);
    }
    if (key != null) {
      keys.put(key, position, now);
    }
    return new Published(destination, position, false);
  }

  /** Takes one step of handing out what is pending, and what comes meanwhile. */
  private boolean step() {
    try {
      HandOut batch = current;
      if (batch == null) {
        batch = listener.apply(destination, takePending());
      } else {
        joinPending(batch);
      }
      current = batch.step() ? batch : null;
    } catch (RuntimeException | Error e) {
      // The others must hear of what follows.
      current = null;
      LOG.log(System.Logger.Level.ERROR, "The listener failed for " + destination, e);
    }
    if (current == null) {
      pace.end();
      return goesOn();
    }
    return true;
  }

  private List<Message> takePending() {
    lock.lock();
    try {
      List<Message> batch = pending;
      pace.begin(batch.size());
      rested = null;
      clearPending();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void joinPending(HandOut batch) {
    lock.lock();
    try {
      if (!pending.isEmpty() && batch.add(pending)) {
        pace.add(pending.size());
        clearPending();
      }
    } finally {
      lock.unlock();
    }
  }

  private void clearPending() {
    pending = new ArrayList<>(1);
    pendingBytes = 0;
    room.signalAll();
  }

  /**
   * Whether more is to be handed out at once. If not, that is done after a rest, or by the next one
   * who appends.
   */
  private boolean goesOn() {
    lock.lock();
    try {
      handingOut = !pending.isEmpty();
      if (!handingOut) {
        return false;
      }
      Duration rest = rest();
      if (!rest.isZero()) {
        handOutAfter(rest);
      }
      return rest.isZero();
    } finally {
      lock.unlock();
    }
  }

  @Nullable History read(@Nullable Position after, int limit, Instant given) {
    lock.lock();
    try {
      if (dropped) {
        return null;
      }
      retained.trim(limits, use(given));
      long start = top - retained.size();
      boolean complete =
          after == null
              || after.epoch().equals(epoch) && after.offset() >= start && after.offset() <= top;
      long from = after == null || !complete ? start : after.offset();
      return new History(
          new Position(epoch, start),
          new Position(epoch, top),
          complete,
          retained.slice(Math.toIntExact(from - start), limit));
    } finally {
      lock.unlock();
    }
  }

  /** Whether there ever was a message; otherwise somebody has only asked for some. */
  boolean hasBegun() {
    return top > 0;
  }

  /**
   * Forgets what is too old; true when the log itself was idle for too long and is now dropped.
   *
   * @param idle for how long at least, and never before its messages were too old for as long again
   */
  boolean expire(Instant now, Duration idle, BooleanSupplier unwanted) {
    lock.lock();
    try {
      retained.trim(limits, now);
      retained.cool(now.minus(WARM));
      keys.forget(now);
      Duration kept = limits.ttl().multipliedBy(2);
      Instant end = used.plus(kept.compareTo(idle) > 0 ? kept : idle);
      dropped |= end.isBefore(now) && unwanted.getAsBoolean();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * This log's own time, which never goes back: clocks do, and callers ask theirs before they have
   * the lock.
   */
  private Instant use(Instant given) {
    used = given.isBefore(used) ? used : given;
    return used;
  }
}
