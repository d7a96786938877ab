package io.pharos.redis;

import io.pharos.presence.Roster;
import io.pharos.presence.SeatChange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * The seats of all nodes in Redis. Seats, who is present by them and the list of events change in
 * one step, so that however many nodes change them at once, each event is put down once and in
 * order.
 */
final class RedisRoster implements Roster {
  private static final Logger LOG = System.getLogger(RedisRoster.class.getName());

  private final MemberCalls calls;
  private final Lease lease;
  private final Burial burial;
  private final WaitingEvents events;
  private final AtomicReference<Lease.@Nullable Roll> due = new AtomicReference<>();
  private String told = "";

  RedisRoster(MemberCalls calls, Lease lease, Burial burial, WaitingEvents events) {
    this.calls = calls;
    this.lease = lease;
    this.burial = burial;
    this.events = events;
  }

  /** There may be something to do beside this node's own changes. */
  void seen(Lease.Roll roll) {
    due.set(roll);
  }

  @Override
  public Outcome update(Update update) {
    Lease.Roll roll = due.get();
    if (!lease.incarnation().equals(told)) {
      told = lease.incarnation();
      return Outcome.FORGOTTEN;
    }
    boolean compare = roll != null && update.seats() >= 0 && roll.seats() + update.seats() > 0;
    long waiting = roll == null ? 0 : roll.events();
    if (compare || !update.changes().isEmpty()) {
      if (!(calls.call(seats(update.changes())) instanceof List<?> answer)) {
        // Declared dead, or never begun.
        lease.renew();
        told = lease.incarnation();
        return Outcome.FORGOTTEN;
      }
      waiting = (Long) answer.get(0);
      if (compare && (Long) answer.get(1) != update.seats()) {
        LOG.log(Level.WARNING, "Redis was set back: this node tells again who is here");
        lease.renounce();
        return Outcome.FORGOTTEN;
      }
    }
    if (roll != null && update.seats() >= 0) {
      for (String dead : roll.dead()) {
        burial.dead(dead);
        waiting = 1;
      }
      due.compareAndSet(roll, null);
    }
    if (waiting > 0) {
      events.publish();
    }
    return Outcome.STORED;
  }

  private CommandArguments seats(List<SeatChange> changes) {
    CommandArguments call = calls.script(Script.SEATS, told).add(lease.id());
    for (SeatChange change : changes) {
      call.add(change.seat().destination().value())
          .add(change.seat().session())
          .add(change.taken() ? change.seat().user() : "");
    }
    return call;
  }
}
