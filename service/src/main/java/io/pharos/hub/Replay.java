package io.pharos.hub;

import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Gap;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a lane that is not live becomes live again: history is read in pages, then what waits in the
 * lane is sent, all as fast as the client reads. It holds no thread while the client does not read,
 * and no turn of the {@link ReplayGate}. At most one thread is in here.
 */
final class Replay {
  private static final System.Logger LOG = System.getLogger(Replay.class.getName());

  /** The first page; the next ones are as long as the client takes them. */
  private static final int FIRST_PAGE = 32;

  private final Lanes node;
  private final Lane lane;
  private final Subscription subscription;
  private final Session session;
  private final Outlet outlet;
  private final Destination destination;

  /** Why messages are missing before the next one. */
  private @Nullable String missed;

  /** How many messages to read next. */
  private int page;

  /** How often the broker was away in a row. */
  private int failures;

  /** What a step came to: messages sent, and whether the next step may follow. */
  record Progress(int sent, boolean goesOn) {
    static final Progress NONE = new Progress(0, false);
  }

  Replay(Lanes node, Lane lane, Subscription subscription, Outlet outlet, Destination destination) {
    this.node = node;
    this.lane = lane;
    this.subscription = subscription;
    this.session = subscription.session();
    this.outlet = outlet;
    this.destination = destination;
    this.page = Math.min(FIRST_PAGE, node.limits().page());
  }

  /**
   * The client is to be told, before anything else, that it has missed messages; before a start.
   */
  void announce(String reason) {
    missed = reason;
  }

  /** To be called when the lane has just ceased to be live, or has never been. */
  void start() {
    node.executor().execute(this::run);
  }

  private void run() {
    try {
      while (subscription.isOpen() && session.isOpen()) {
        int room = outlet.take(node.limits().page());
        if (room == 0) {
          outlet.whenOpen(this::start);
          return;
        }
        Progress progress = Progress.NONE;
        try {
          if (lane.isBehind()) {
            progress = readOn(room);
          } else if (!lane.goLive()) {
            progress = lane.drain(room, this::run);
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
    } catch (RuntimeException e) {
      if (e instanceof PharosException away && away.code() == PharosException.Code.UNAVAILABLE) {
        tryAgain(away);
        return;
      }
      // A client that is sent nothing more must not believe that there is nothing.
      LOG.log(System.Logger.Level.ERROR, "The replay for " + subscription + " failed", e);
      session.close(CloseReason.SERVER_ERROR);
    }
  }

  /** The broker is away: nothing may be skipped, and the client can stay. */
  private void tryAgain(PharosException e) {
    LOG.log(System.Logger.Level.DEBUG, "No history yet for {0}: {1}", subscription, e.detail());
    node.limits().retry().later(node.executor(), this::run, failures++);
  }

  /**
   * Sends one page of history, after the gap that may be before it. When the client does not take
   * it all, the rest is read again later: what waits for a client must not hold a turn. From a
   * refused offer on, another thread may be in here.
   */
  private Progress readOn(int most) throws InterruptedException {
    node.gate().enter();
    try {
      if (!subscription.isOpen() || !session.isOpen()) {
        return Progress.NONE;
      }
      Position at = lane.beginReading();
      int wanted = Math.min(most, page);
      History history = node.broker().history(destination, at, wanted);
      failures = 0;
      if (missed == null && !history.complete()) {
        missed = "messages are missing that are no longer retained";
      }
      if (missed != null && !sendGap(history.complete() ? at : history.start(), missed)) {
        return Progress.NONE;
      }
      int sent = 0;
      for (Message message : history.messages()) {
        page = Math.max(1, sent);
        if (!subscription.isOpen()
            || !session.offerOrWait(List.of(outlet.deliver(subscription, message)), this::run)) {
          return new Progress(sent, false);
        }
        lane.moveTo(message.position());
        sent++;
      }
      page = Math.min(2 * Math.max(wanted, 1), node.limits().page());
      lane.endReading(history.top());
      return new Progress(sent, true);
    } finally {
      node.gate().leave();
    }
  }

  private boolean sendGap(Position to, String reason) {
    if (!session.offerOrWait(List.of(new Gap(subscription, destination, to, reason)), this::run)) {
      return false;
    }
    node.metrics().gap();
    missed = null;
    lane.moveTo(to);
    return true;
  }
}
