package io.pharos.hub;

import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Gap;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One destination's messages on their way to one subscription, in order, each once, without a hole
 * that is not announced. Live messages pass straight through. A message that does not follow the
 * last one, be it by a hole or by another epoch, puts the client behind: then messages come from
 * history, as fast as the client reads, and live ones wait here in a small buffer whose overflow
 * costs no more than another read. Only history can say that something is lost, so that every gap
 * is announced in one place.
 */
final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  /** The first page of a replay; the next ones are as long as the client takes them. */
  private static final int FIRST_PAGE = 32;

  private static final String DROPPED = "messages were dropped because the client reads too slowly";

  private final Lanes node;
  private final Subscription subscription;
  private final Session session;
  private final Outlet outlet;
  private final Destination destination;
  private final Overflow overflow;
  private final ReentrantLock lock = new ReentrantLock();

  /** What waits for the client, as the policy has it: it follows what was sent. */
  private final Backlog backlog;

  /** What came while it was not known, or not the case, that it follows. */
  private List<Message> held = new ArrayList<>(0);

  /** The last message that was sent, or what was announced instead. */
  private Position last;

  /** The last message that was sent or waits in the backlog. */
  private Position end;

  private boolean live;

  /** New messages go to the backlog if they follow, and not to what is held. */
  private boolean following;

  /** History has to be read before anything else may pass. */
  private boolean behind;

  /** Something was dropped, or lost, since history was read last. */
  private boolean dropped;

  /** Why messages are missing before the next one; of the thread that prepares or catches up. */
  private @Nullable String missed;

  /** How many messages to read next; of the thread that catches up. */
  private int page;

  /** How often the broker was away in a row; of the thread that catches up. */
  private int failures;

  /** What a step of catching up came to: messages sent, and whether the next step may follow. */
  private record Progress(int sent, boolean goesOn) {}

  /**
   * Begins where all of the destination is new to the client.
   *
   * @param outlet takes the messages; shared with the subscription's other lanes
   * @param epoch the destination's
   */
  Lane(
      Lanes node, Subscription subscription, Outlet outlet, Destination destination, String epoch) {
    this.node = node;
    this.subscription = subscription;
    this.session = subscription.session();
    this.outlet = outlet;
    this.destination = destination;
    this.overflow = node.overflow().apply(destination);
    this.backlog = overflow.backlog(node.limits(), node.metrics());
    this.page = Math.min(FIRST_PAGE, node.limits().page());
    this.last = new Position(epoch, 0);
    this.end = last;
  }

  /** A client that was never here gets what comes after the newest message. */
  void resumeNow(History bounds) {
    moveTo(bounds.top(), false);
  }

  /** All that is retained is new to the client, and nothing before it is missed. */
  void resumeEarliest(History bounds) {
    moveTo(bounds.start(), !bounds.start().equals(bounds.top()));
  }

  /** Goes on where the client left off, or notes that it cannot. */
  void resume(Resume.Place place, History bounds) {
    Position top = bounds.top();
    Position wanted = place.position();
    if (!place.known()) {
      missed = "the client's position is unknown here";
      moveTo(bounds.start(), true);
    } else if (wanted == null) {
      moveTo(new Position(top.epoch(), 0), top.offset() > 0);
    } else if (!wanted.epoch().equals(top.epoch()) || wanted.offset() > top.offset()) {
      missed = "the history that the client's position belongs to was lost";
      moveTo(bounds.start(), true);
    } else {
      moveTo(wanted, !wanted.equals(top));
    }
  }

  private void moveTo(Position position, boolean nowBehind) {
    lock.lock();
    try {
      last = position;
      end = position;
      behind |= nowBehind;
    } finally {
      lock.unlock();
    }
  }

  /** After which position the next message will come. */
  Position position() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  void start() {
    node.executor().execute(this::catchUp);
  }

  /** Lets messages pass at once: there is nothing to catch up with. */
  void startLive() {
    lock.lock();
    try {
      live = true;
      following = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes live messages: passes them on, or keeps them while the client catches up. */
  void deliver(List<Message> batch) {
    lock.lock();
    try {
      if (!following) {
        hold(batch);
        return;
      }
      List<Message> next = following(batch);
      if (next == null) {
        fallBehind();
        hold(batch);
      } else if (!(live && pass(next)) && !append(next)) {
        fallBehind();
      }
      if (live && (behind || backlog.first() != null)) {
        live = false;
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes notice that what comes next may be lost: history says, and the client is told. */
  void lost() {
    lock.lock();
    try {
      fallBehind();
      if (live) {
        live = false;
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** From now on history says what follows the last message that was sent. */
  private void fallBehind() {
    backlog.clear();
    end = last;
    following = false;
    behind = true;
    dropped = true;
  }

  /** Passes messages on if there is room for all of them, or nobody to take them. */
  private boolean pass(List<Message> next) {
    if (next.isEmpty()) {
      return true;
    }
    int taken = outlet.take(next.size());
    if (taken < next.size()) {
      outlet.giveBack(taken);
      return false;
    }
    boolean open = session.isOpen();
    if (overflow.offer(session, next.stream().map(outlet::deliver).toList())) {
      last = next.getLast().position();
      end = last;
      return true;
    }
    outlet.giveBack(taken);
    if (open) {
      node.metrics().slow(overflow);
    }
    return !session.isOpen();
  }

  private boolean append(List<Message> next) {
    for (Message message : next) {
      if (!backlog.add(message)) {
        return false;
      }
      end = message.position();
    }
    return true;
  }

  private void hold(List<Message> batch) {
    long bytes = 0;
    for (Message message : held) {
      bytes += message.weight();
    }
    for (Message message : batch) {
      bytes += message.weight();
    }
    ReplayLimits limits = node.limits();
    if (held.size() + batch.size() > limits.held() || bytes > limits.heldBytes()) {
      held.clear();
      behind = true;
      dropped = true;
    } else {
      held.addAll(batch);
    }
  }

  /**
   * What of these messages the client has not got; null when they do not follow what it has got, or
   * what waits for it.
   */
  private @Nullable List<Message> following(List<Message> batch) {
    var fresh = new ArrayList<Message>(batch.size());
    long newest = end.offset();
    for (Message message : batch) {
      Position position = message.position();
      if (!position.epoch().equals(end.epoch()) || position.offset() > newest + 1) {
        return null;
      }
      if (position.offset() == newest + 1) {
        fresh.add(message);
        newest++;
      }
    }
    return fresh;
  }

  private void catchUp() {
    try {
      while (subscription.isOpen() && session.isOpen()) {
        int room = outlet.take(node.limits().page());
        if (room == 0) {
          outlet.whenOpen(this::start);
          return;
        }
        var progress = new Progress(0, false);
        try {
          if (isBehind()) {
            progress = readOn(room);
          } else if (!goLive()) {
            progress = drain(room);
          }
        } finally {
          outlet.giveBack(room - progress.sent());
        }
        if (!progress.goesOn()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      session.close(CloseReason.SERVER_STOPPING);
    } catch (PharosException e) {
      tryAgain(e);
    } catch (RuntimeException e) {
      // A client that is sent nothing more must not believe that there is nothing.
      LOG.log(System.Logger.Level.ERROR, "The replay for " + subscription + " failed", e);
      session.close(CloseReason.SERVER_ERROR);
    }
  }

  /** The broker is away: nothing may be skipped, and the client can stay. */
  private void tryAgain(PharosException e) {
    if (e.code() != PharosException.Code.UNAVAILABLE) {
      throw e;
    }
    LOG.log(System.Logger.Level.DEBUG, "No history yet for {0}: {1}", subscription, e.detail());
    node.limits().retry().later(node.executor(), this::catchUp, failures++);
  }

  /** Whether history has to be read; if not, what was held follows and waits in the backlog. */
  private boolean isBehind() {
    lock.lock();
    try {
      if (!behind && !following) {
        List<Message> next = following(held);
        held = new ArrayList<>(0);
        following = true;
        if (next == null || !append(next)) {
          fallBehind();
        }
      }
      return behind;
    } finally {
      lock.unlock();
    }
  }

  private boolean goLive() {
    lock.lock();
    try {
      live = !behind && following && backlog.first() == null;
      return live;
    } finally {
      lock.unlock();
    }
  }

  /** Sends what waits in the backlog, as fast as the client reads. */
  private Progress drain(int most) {
    for (int sent = 0; sent < most; sent++) {
      lock.lock();
      try {
        Message first = backlog.first();
        if (first == null) {
          return new Progress(sent, true);
        }
        Position hole = backlog.hole();
        Outgoing message = outlet.deliver(first);
        List<Outgoing> items =
            hole == null
                ? List.of(message)
                : List.of(new Gap(subscription, destination, hole, DROPPED), message);
        if (!session.offerOrWait(items, this::catchUp)) {
          return new Progress(sent, false);
        }
        if (hole != null) {
          node.metrics().gap();
        }
        backlog.removeFirst();
        last = first.position();
      } finally {
        lock.unlock();
      }
    }
    return new Progress(most, true);
  }

  /**
   * Sends one page of history, after the gap that may be before it. When the client does not take
   * it all, the rest is read again later: what waits for a client must not hold a turn. From a
   * refused offer on, another thread may be catching up.
   */
  private Progress readOn(int most) throws InterruptedException {
    node.gate().enter();
    try {
      Position at = beginReading();
      int wanted = Math.min(most, page);
      History history = node.broker().history(destination, at, wanted);
      failures = 0;
      if (missed == null && !history.complete()) {
        missed = "messages are missing that are no longer retained";
      }
      if (missed != null) {
        Position to = history.complete() ? at : history.start();
        var gap = new Gap(subscription, destination, to, missed);
        if (!session.offerOrWait(List.of(gap), this::catchUp)) {
          return new Progress(0, false);
        }
        node.metrics().gap();
        missed = null;
        moveTo(to, false);
      }
      int sent = 0;
      for (Message message : history.messages()) {
        page = Math.max(1, sent);
        if (!subscription.isOpen()
            || !session.offerOrWait(List.of(outlet.deliver(message)), this::catchUp)) {
          return new Progress(sent, false);
        }
        moveTo(message.position(), false);
        sent++;
      }
      page = Math.min(2 * Math.max(wanted, 1), node.limits().page());
      endReading(history.top());
      return new Progress(sent, true);
    } finally {
      node.gate().leave();
    }
  }

  private Position beginReading() {
    lock.lock();
    try {
      dropped = false;
      return last;
    } finally {
      lock.unlock();
    }
  }

  private void endReading(Position top) {
    lock.lock();
    try {
      behind = dropped || !last.equals(top);
    } finally {
      lock.unlock();
    }
  }
}
