package io.pharos.cli.bench.measure;

/**
 * What came to the clients that read.
 *
 * @param expected accepted publications times their subscribers
 * @param received different messages that came
 * @param lost expected and not received
 * @param duplicated came once more to the same client
 * @param outOfOrder came after a later one
 * @param gaps how often a server said that messages are missing
 * @param replayed received after a resume, having been due before it
 * @param stray came to a client of another destination
 * @param latency from the intended send time to each client, without what was replayed
 * @param lastSubscriber from the intended send time to the last client of each publication
 */
public record Deliveries(
    long expected,
    long received,
    long lost,
    long duplicated,
    long outOfOrder,
    long gaps,
    long replayed,
    long stray,
    Latency latency,
    Latency lastSubscriber) {

  /** Whether every client got every message, once and in order. */
  public boolean isExact() {
    return lost == 0 && duplicated == 0 && outOfOrder == 0 && stray == 0;
  }
}
