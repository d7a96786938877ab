package io.pharos.cli.bench.measure;

import java.util.BitSet;

/**
 * Counts what comes to the clients that read: no allocation while all is in order. To be used by
 * one thread; {@link #received} may be read by others.
 */
public final class Tally {
  private final Schedule schedule;
  private final int[] destinationOf;
  private final SequenceCheck[] checks;
  private final int[] readers;
  private final int[] reached;
  private final Latency latency = new Latency();
  private final Latency lastSubscriber = new Latency();
  private volatile long received;
  private long duplicated;
  private long outOfOrder;
  private long gaps;
  private long replayed;
  private long stray;

  /**
   * A tally of clients that read.
   *
   * @param destinationOf each client's destination; -1 for a client that does not read
   */
  public Tally(Schedule schedule, int[] destinationOf) {
    this.schedule = schedule;
    this.destinationOf = destinationOf.clone();
    this.checks = new SequenceCheck[destinationOf.length];
    this.readers = new int[schedule.destinations()];
    this.reached = new int[schedule.measured()];
    for (int client = 0; client < destinationOf.length; client++) {
      checks[client] = new SequenceCheck(schedule.firstSequence());
      if (destinationOf[client] >= 0) {
        readers[destinationOf[client]]++;
      }
    }
  }

  /**
   * A message came.
   *
   * @param intended when it should have been sent
   * @param arrival when it came
   * @param liveFrom since when the client's stream is live: what was due before was replayed, and
   *     says nothing about latency
   */
  public void delivered(int client, int publication, long intended, long arrival, long liveFrom) {
    int destination = destinationOf[client];
    if (destination < 0 || !schedule.isMeasured(publication)) {
      return;
    }
    if (publication >= schedule.total() || schedule.destination(publication) != destination) {
      stray++;
      return;
    }
    switch (checks[client].received(schedule.sequence(publication))) {
      case DUPLICATE -> {
        duplicated++;
        return;
      }
      case OUT_OF_ORDER -> outOfOrder++;
      case NEW -> {}
    }
    count();
    if (intended < liveFrom) {
      replayed++;
    } else {
      latency.record(arrival - intended);
    }
    int index = publication - schedule.warmUp();
    reached[index]++;
    if (reached[index] == readers[destination]) {
      lastSubscriber.record(arrival - intended);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only one thread counts.
  private void count() {
    received++;
  }

  /** A server told a reading client that messages are missing. */
  public void gap(int client) {
    if (destinationOf[client] >= 0) {
      gaps++;
    }
  }

  /** How many different messages have come to their clients. */
  public long received() {
    return received;
  }

  /** How many are to come, if none of the publications is refused. */
  public long expected() {
    return (long) schedule.measured() / schedule.destinations() * readerCount();
  }

  private long readerCount() {
    long sum = 0;
    for (int count : readers) {
      sum += count;
    }
    return sum;
  }

  /** The result, where refused publications are not expected to arrive. */
  public Deliveries result(BitSet refused) {
    long[] lost = {0};
    for (int client = 0; client < checks.length; client++) {
      int destination = destinationOf[client];
      if (destination >= 0) {
        checks[client].missing(
            schedule.endSequence(),
            sequence -> {
              if (!refused.get(schedule.publication(destination, sequence))) {
                lost[0]++;
              }
            });
      }
    }
    return new Deliveries(
        received + lost[0],
        received,
        lost[0],
        duplicated,
        outOfOrder,
        gaps,
        replayed,
        stray,
        latency,
        lastSubscriber);
  }
}
