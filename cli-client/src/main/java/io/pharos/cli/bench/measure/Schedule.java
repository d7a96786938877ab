package io.pharos.cli.bench.measure;

/**
 * Which publication goes where, and when: fixed before the run, so that a slow server cannot slow
 * the sender down (open loop). Bursts follow one another at equal distances and go to the
 * destinations in turn. The first publications warm up and are not measured.
 *
 * @param rate publications a second in total
 * @param burst publications at once, to one destination
 * @param warmUp publications that are not measured, whole rounds of all destinations
 * @param total all publications
 * @param start when the first is due, by {@link System#nanoTime}
 */
public record Schedule(
    double rate, int burst, int destinations, int warmUp, int total, long start) {
  private static final double SECOND = 1e9;

  /** A schedule for this long; at least one publication for each destination is measured. */
  public static Schedule of(
      double rate, int burst, int destinations, long warmUpNanos, long nanos, long start) {
    int round = Math.multiplyExact(burst, destinations);
    int warmUp = rounds(rate * warmUpNanos / SECOND, round) * round;
    int measured = Math.max(1, rounds(rate * nanos / SECOND, round)) * round;
    return new Schedule(rate, burst, destinations, warmUp, Math.addExact(warmUp, measured), start);
  }

  private static int rounds(double publications, int round) {
    double rounds = Math.ceil(publications / round - 1e-9);
    if (rounds * round > 1 << 28) {
      throw new IllegalArgumentException("that are too many publications: shorten --duration");
    }
    return (int) rounds;
  }

  /** The destination's number. */
  public int destination(int publication) {
    return publication / burst % destinations;
  }

  /** The publication's place among those to its destination, from 0. */
  public int sequence(int publication) {
    return publication / burst / destinations * burst + publication % burst;
  }

  /** The publication at a place among those to a destination. */
  public int publication(int destination, int sequence) {
    return (sequence / burst * destinations + destination) * burst + sequence % burst;
  }

  /** When it is due. */
  public long intended(int publication) {
    return start + (long) (publication / burst * burst / rate * SECOND);
  }

  public boolean isMeasured(int publication) {
    return publication >= warmUp;
  }

  /** The first place, at each destination, that is measured. */
  public int firstSequence() {
    return warmUp / destinations;
  }

  /** The place behind the last, at each destination. */
  public int endSequence() {
    return total / destinations;
  }

  /** How many publications are measured. */
  public int measured() {
    return total - warmUp;
  }

  /** When the first measured publication is due. */
  public long measuredFrom() {
    return intended(warmUp);
  }

  /** When the last publication is due, and the time until the next would be over. */
  public long end() {
    return start + (long) (total / rate * SECOND);
  }
}
