package io.pharos.hub;

import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.session.Gap;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One destination's messages on their way to one subscription, in order, each once, without a hole
 * that is not announced. Live messages pass straight through. What the client does not take now
 * waits in a backlog, as the destination's overflow policy has it. A message that does not follow
 * the last one, be it by a hole or by another epoch, puts the client behind: then messages come
 * from history, and live ones are held here in a small buffer whose overflow costs no more than
 * another read. {@link Replay} brings the client up to date again in both cases.
 */
final class Lane {
  private static final String DROPPED = "messages were dropped because the client reads too slowly";

  private final Lanes node;
  private final Subscription subscription;
  private final Session session;
  private final Outlet outlet;
  private final Destination destination;
  private final Overflow overflow;

  /** What waits for the client, as the policy has it: it follows what was sent. */
  private final Backlog backlog;

  /** What came while it was not known, or not the case, that it follows. */
  private final Held held;

  private final Replay replay;

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
    this.held = new Held(node.limits());
    this.replay = new Replay(node, this, subscription, outlet, destination);
    this.last = new Position(epoch, 0);
    this.end = last;
  }

  /** A client that was never here gets what comes after the newest message. */
  void resumeNow(History bounds) {
    begin(bounds.top(), false);
  }

  /** All that is retained is new to the client, and nothing before it is missed. */
  void resumeEarliest(History bounds) {
    begin(bounds.start(), !bounds.start().equals(bounds.top()));
  }

  /** Goes on where the client left off, or notes that it cannot. */
  void resume(Resume.Place place, History bounds) {
    Position top = bounds.top();
    Position wanted = place.position();
    if (!place.known()) {
      replay.announce("the client's position is unknown here");
      begin(bounds.start(), true);
    } else if (wanted == null) {
      begin(new Position(top.epoch(), 0), top.offset() > 0);
    } else if (!wanted.epoch().equals(top.epoch()) || wanted.offset() > top.offset()) {
      replay.announce("the history that the client's position belongs to was lost");
      begin(bounds.start(), true);
    } else {
      begin(wanted, !wanted.equals(top));
    }
  }

  private synchronized void begin(Position position, boolean nowBehind) {
    last = position;
    end = position;
    behind |= nowBehind;
  }

  /** After which position the next message will come. */
  synchronized Position position() {
    return last;
  }

  void start() {
    replay.start();
  }

  /** Lets messages pass at once: there is nothing to catch up with. */
  synchronized void startLive() {
    live = true;
    following = true;
  }

  /** Takes live messages: passes them on, or keeps them while the client catches up. */
  synchronized void deliver(List<Message> batch) {
    if (!following) {
      hold(batch);
      return;
    }
    List<Message> next = following(batch);
    if (next != null && live && pass(next)) {
      // Nothing waits before a lane that is live: there is nothing more to look at.
      return;
    }
    if (next == null) {
      fallBehind();
      hold(batch);
    } else if (!append(next)) {
      fallBehind();
    }
    if (live && (behind || backlog.first() != null)) {
      live = false;
      replay.start();
    }
  }

  /** Takes notice that what comes next may be lost: history says, and the client is told. */
  synchronized void lost() {
    fallBehind();
    if (live) {
      live = false;
      replay.start();
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
    if (overflow.offer(session, outgoing(next))) {
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

  private List<Outgoing> outgoing(List<Message> messages) {
    if (messages.size() == 1) {
      return List.of(outlet.deliver(subscription, messages.getFirst()));
    }
    var items = new ArrayList<Outgoing>(messages.size());
    for (Message message : messages) {
      items.add(outlet.deliver(subscription, message));
    }
    return items;
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
    if (!held.add(batch)) {
      behind = true;
      dropped = true;
    }
  }

  /**
   * What of these messages the client has not got, as a rule all; null when they do not follow what
   * it has got, or what waits for it.
   */
  private @Nullable List<Message> following(List<Message> batch) {
    long newest = end.offset();
    int fresh = 0;
    for (Message message : batch) {
      Position position = message.position();
      if (!position.epoch().equals(end.epoch()) || position.offset() > newest + 1) {
        return null;
      }
      if (position.offset() == newest + 1) {
        newest++;
        fresh++;
      }
    }
    return fresh == batch.size() ? batch : after(end.offset(), batch);
  }

  private static List<Message> after(long offset, List<Message> batch) {
    long newest = offset;
    var fresh = new ArrayList<Message>(batch.size());
    for (Message message : batch) {
      if (message.position().offset() > newest) {
        fresh.add(message);
        newest = message.position().offset();
      }
    }
    return fresh;
  }

  /** Whether history has to be read; if not, what was held follows and waits in the backlog. */
  synchronized boolean isBehind() {
    if (!behind && !following) {
      List<Message> next = following(held.takeAll());
      following = true;
      if (next == null || !append(next)) {
        fallBehind();
      }
    }
    return behind;
  }

  /** Lets messages pass straight through if nothing waits any more. */
  synchronized boolean goLive() {
    live = !behind && following && backlog.first() == null;
    return live;
  }

  /**
   * Sends what waits in the backlog, as fast as the client reads.
   *
   * @param retry runs once the client may take more, if it does not take all now
   */
  Replay.Progress drain(int most, Runnable retry) {
    for (int sent = 0; sent < most; sent++) {
      synchronized (this) {
        Message first = backlog.first();
        if (first == null) {
          return new Replay.Progress(sent, true);
        }
        if (!sendFirst(first, retry)) {
          return new Replay.Progress(sent, false);
        }
      }
    }
    return new Replay.Progress(most, true);
  }

  private boolean sendFirst(Message first, Runnable retry) {
    Position hole = backlog.hole();
    Outgoing message = outlet.deliver(subscription, first);
    List<Outgoing> items =
        hole == null
            ? List.of(message)
            : List.of(new Gap(subscription, destination, hole, DROPPED), message);
    if (!session.offerOrWait(items, retry)) {
      return false;
    }
    if (hole != null) {
      node.metrics().gap();
    }
    backlog.removeFirst();
    last = first.position();
    return true;
  }

  /** After which position history is to be read; what is dropped from now on is noticed. */
  synchronized Position beginReading() {
    dropped = false;
    return last;
  }

  /** A message from history, or a gap, was sent. */
  void moveTo(Position position) {
    begin(position, false);
  }

  /** History was read up to a position, which may be behind the newest by now. */
  synchronized void endReading(Position top) {
    behind = dropped || !last.equals(top);
  }
}
