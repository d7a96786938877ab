package io.pharos.sockjs;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session: apart from the exchange that carries it for a while. Messages wait here until there is
 * a receiver; one thread at a time writes, whoever that is. It ends when its handler closes it,
 * when a receiver is lost, or when none comes for too long; after the first two it goes on telling
 * clients why until nobody has asked for as long.
 */
final class Session implements SockJsConnection {
  private final Transport transport;
  private final SockJsSettings settings;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Outbound outbound = new Outbound();
  private volatile @Nullable Receiver receiver;
  private volatile @Nullable CloseStatus status;
  private volatile boolean gone;

  /** When the last receiver went, or this began. */
  private volatile long idleSince;

  private volatile long lastWrite;

  /** Since when there has been this receiver. */
  private long receiverSince;

  /** When the write began that is under way; 0 when there is none. */
  private volatile long writeStarted;

  private @Nullable Receiver written;
  private boolean opened;
  private boolean writing;
  private boolean beatDue;
  private volatile boolean sending;
  private volatile Inbound inbound = Inbound.NONE;

  /**
   * @param executor runs what may block on a client: a virtual thread a task
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  Session(Transport transport, SockJsSettings settings, Executor executor, LongSupplier nanoTime) {
    this.transport = transport;
    this.settings = settings;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.idleSince = nanoTime.getAsLong();
    this.lastWrite = idleSince;
  }

  /** To be called once, before there is a receiver. */
  void start(SockJsHandler handler) {
    inbound = new Inbound(handler);
    if (status != null || gone) {
      inbound.close();
    }
  }

  @Override
  public String transport() {
    return transport.word();
  }

  @Override
  public void send(String message) throws IOException {
    sending = true;
    try {
      add(message);
      drain();
    } finally {
      sending = false;
    }
    if (gone || CloseStatus.INTERRUPTED.equals(status)) {
      throw new IOException("the client is gone");
    }
  }

  private void add(String message) throws IOException {
    lock.lock();
    try {
      while (isOpen() && outbound.isFullFor(message)) {
        room.awaitUninterruptibly();
      }
      if (!isOpen()) {
        throw new IOException("the session has ended");
      }
      outbound.add(message);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close(CloseStatus why) {
    Receiver stuck;
    lock.lock();
    try {
      if (isOpen()) {
        status = why;
        idleSince = nanoTime.getAsLong();
        room.signalAll();
      }
      stuck = sending && writeStarted != 0 ? written : null;
    } finally {
      lock.unlock();
    }
    if (stuck != null) {
      stuck.abort();
    }
    drain();
    inbound.close();
  }

  boolean isOpen() {
    return status == null && !gone;
  }

  /** Whether nothing is left of it. */
  boolean isGone() {
    return gone;
  }

  Inbound inbound() {
    return inbound;
  }

  /**
   * Gives it a receiver. Never blocks.
   *
   * @return false when the session has gone meanwhile
   */
  boolean attach(Receiver next) {
    boolean free;
    lock.lock();
    try {
      if (gone) {
        return false;
      }
      free = takeIfFree(next);
    } finally {
      lock.unlock();
    }
    alive();
    executor.execute(free ? this::drain : () -> contend(next));
    return true;
  }

  private boolean takeIfFree(Receiver next) {
    if (receiver != null || gone) {
      return false;
    }
    receiver = next;
    receiverSince = nanoTime.getAsLong();
    lastWrite = receiverSince;
    return true;
  }

  /**
   * One receiver at a time: the second one is told so, unless the first turns out to be dead. A
   * connection that was cut shows at a write, often at the second one; while a write is under way,
   * it has not been cut.
   */
  private void contend(Receiver next) {
    Receiver first = claimForProbe();
    if (first != null) {
      if (!first.survivesProbe()) {
        interrupted(first);
      }
      endProbe();
    }
    boolean taken;
    lock.lock();
    try {
      taken = takeIfFree(next);
    } finally {
      lock.unlock();
    }
    if (!taken) {
      next.refuse(CloseStatus.ANOTHER);
    }
    drain();
  }

  private @Nullable Receiver claimForProbe() {
    lock.lock();
    try {
      Receiver current = receiver;
      if (current == null || writing) {
        return null;
      }
      writing = true;
      begin(current);
      return current;
    } finally {
      lock.unlock();
    }
  }

  private void endProbe() {
    lock.lock();
    try {
      writing = false;
      writeStarted = 0;
    } finally {
      lock.unlock();
    }
  }

  /** The transport is gone, and the session with it: for a WebSocket, which nothing can replace. */
  void disconnected() {
    expire();
  }

  /** Looks at the clocks; never blocks. */
  void tick(long now) {
    if (receiver == null) {
      if (now - idleSince >= settings.disconnectDelay().toNanos() && writeStarted == 0) {
        executor.execute(() -> expireIfIdle(now));
      }
    } else if (writeStarted == 0 && now - lastWrite >= settings.heartbeat().toNanos()) {
      lastWrite = now;
      executor.execute(this::beat);
    }
    long started = writeStarted;
    Receiver stalled = written;
    if (started != 0 && stalled != null && now - started > settings.writeTimeout().toNanos()) {
      executor.execute(stalled::abort);
    }
  }

  private void beat() {
    lock.lock();
    try {
      beatDue = true;
    } finally {
      lock.unlock();
    }
    drain();
  }

  private void expireIfIdle(long now) {
    lock.lock();
    try {
      if (receiver != null || now - idleSince < settings.disconnectDelay().toNanos()) {
        return;
      }
      gone = true;
    } finally {
      lock.unlock();
    }
    expire();
  }

  private void expire() {
    Receiver left;
    lock.lock();
    try {
      gone = true;
      left = receiver;
      receiver = null;
      outbound.clear();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    if (left != null) {
      left.abort();
    }
    inbound.close();
  }

  private void alive() {
    if (transport != Transport.WEBSOCKET) {
      inbound.alive();
    }
  }

  /** Writes what there is, if there is a receiver and nobody else is at it. */
  private void drain() {
    for (Step step = next(null); step != null; step = next(step)) {
      try {
        step.carryOut();
        if (step.kind() == Step.Kind.PROVE) {
          Receiver unproven = step.receiver();
          executor.execute(() -> awaitProof(unproven));
        } else {
          alive();
        }
      } catch (IOException e) {
        interrupted(step.receiver());
      }
    }
  }

  /** Neither the sender nor a second receiver waits for it; what comes meanwhile goes along. */
  private void awaitProof(Receiver unproven) {
    unproven.awaitProof();
    lock.lock();
    try {
      unproven.endProof();
    } finally {
      lock.unlock();
    }
    drain();
  }

  /** A receiver was lost with what was on the way to it: the client must not believe otherwise. */
  private void interrupted(Receiver lost) {
    lock.lock();
    try {
      if (receiver == lost) {
        receiver = null;
        idleSince = nanoTime.getAsLong();
      }
      if (isOpen()) {
        status = CloseStatus.INTERRUPTED;
      }
      outbound.clear();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    lost.abort();
    inbound.close();
  }

  /**
   * What to do after what was done. A receiver that is full is let go before its last piece is
   * written: the client that has read it comes again at once. What a receiver must prove is only
   * that messages will not be lost in it: heart-beats can be, and a close is told again.
   */
  private @Nullable Step next(@Nullable Step before) {
    lock.lock();
    try {
      if (before == null && writing) {
        return null;
      }
      writing = false;
      if (before != null) {
        writeStarted = 0;
        lastWrite = nanoTime.getAsLong();
        if (receiver == null) {
          idleSince = lastWrite;
        }
      }
      Receiver current = receiver;
      if (current == null || gone) {
        return null;
      }
      if (current.isNew()) {
        return begin(new Step(current, Step.Kind.BEGIN, ""));
      }
      if (!outbound.isEmpty() && current.isUnproven(nanoTime.getAsLong() - receiverSince)) {
        return current.startProof() ? begin(new Step(current, Step.Kind.PROVE, "")) : null;
      }
      Frame frame = frame();
      if (frame == null) {
        return null;
      }
      String piece = current.encode(frame);
      boolean last = frame.isClose() || current.isFilledBy(piece);
      if (last) {
        receiver = null;
        idleSince = nanoTime.getAsLong();
      }
      return begin(new Step(current, last ? Step.Kind.END : Step.Kind.WRITE, piece));
    } finally {
      lock.unlock();
    }
  }

  private Step begin(Step step) {
    writing = true;
    begin(step.receiver());
    return step;
  }

  private void begin(Receiver next) {
    written = next;
    writeStarted = nanoTime.getAsLong() | 1;
  }

  private @Nullable Frame frame() {
    CloseStatus closed = status;
    if (!opened) {
      opened = true;
      return Frame.OPEN;
    }
    if (!outbound.isEmpty()) {
      beatDue = false;
      room.signalAll();
      return Frame.messages(outbound.take());
    }
    if (closed != null) {
      return Frame.close(closed);
    }
    if (beatDue) {
      beatDue = false;
      return Frame.HEARTBEAT;
    }
    return null;
  }
}
