package io.pharos.cli.bench.publish;

import io.pharos.cli.bench.measure.Latency;
import io.pharos.cli.bench.measure.Schedule;
import io.pharos.cli.bench.net.Reactor;
import java.util.List;

/** Hands each publication to its lane when it is due, and notes how late that was. */
public final class Pacer {
  /** More than this many nanoseconds behind its time, a publication counts as sent late. */
  public static final long LATE = 10_000_000;

  private final Reactor reactor;
  private final Schedule schedule;
  private final List<? extends Lane> lanes;
  private final Runnable finished;
  private final Latency lateness = new Latency();
  private int late;
  private int next;

  /**
   * A pacer that has not begun.
   *
   * @param finished what to do after the last publication
   */
  public Pacer(Reactor reactor, Schedule schedule, List<? extends Lane> lanes, Runnable finished) {
    this.reactor = reactor;
    this.schedule = schedule;
    this.lanes = List.copyOf(lanes);
    this.finished = finished;
  }

  /** Begins. On the reactor's thread. */
  public void start() {
    reactor.at(schedule.intended(next), this::send);
  }

  /** How long after their time the measured publications were sent. */
  public Latency lateness() {
    return lateness;
  }

  /** How many of the measured publications were sent later than {@link #LATE}. */
  public int late() {
    return late;
  }

  private void send() {
    long now = System.nanoTime();
    while (next < schedule.total() && schedule.intended(next) <= now) {
      lanes.get(schedule.destination(next) % lanes.size()).add(next, schedule.intended(next));
      note(now - schedule.intended(next));
      next++;
    }
    lanes.forEach(Lane::flush);
    if (next < schedule.total()) {
      reactor.at(schedule.intended(next), this::send);
    } else {
      finished.run();
    }
  }

  private void note(long behind) {
    if (schedule.isMeasured(next)) {
      lateness.record(behind);
      if (behind > LATE) {
        late++;
      }
    }
  }
}
