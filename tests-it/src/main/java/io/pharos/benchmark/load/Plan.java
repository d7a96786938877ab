package io.pharos.benchmark.load;

/**
 * How long everything takes. Times in seconds.
 *
 * @param clients of most loads
 * @param crowd clients of the large loads
 * @param warmUp of each load, before it is measured
 * @param heat for how long each server is put to work in each way before the first load: as long as
 *     it takes until its compilers are at rest; half as long once more with many messages
 * @param precision how close the search for the highest rate comes, as a ratio
 * @param probe how long one step of that search measures
 * @param stall how long the run with stalled clients measures
 * @param restart how long the run with a restart measures
 */
public record Plan(
    int repeats,
    int clients,
    int crowd,
    int warmUp,
    int heat,
    int duration,
    double precision,
    int probe,
    int stall,
    int heartBeat,
    int restart) {
  /** What the published figures come from. */
  public static Plan full() {
    return new Plan(5, 1000, 10_000, 1, 20, 4, 1.15, 3, 45, 25, 25);
  }

  /** To see that everything works. */
  public static Plan quick() {
    return new Plan(1, 200, 1000, 1, 2, 2, 2.1, 2, 5, 5, 15);
  }

  /** The same, with as long a warm-up of each load. */
  Plan warmingUp(int seconds) {
    return new Plan(
        repeats, clients, crowd, seconds, heat, duration, precision, probe, stall, heartBeat,
        restart);
  }

  /** The same, with each load measured for so long. */
  Plan measuring(int seconds) {
    return new Plan(
        repeats, clients, crowd, warmUp, heat, seconds, precision, probe, stall, heartBeat,
        restart);
  }
}
