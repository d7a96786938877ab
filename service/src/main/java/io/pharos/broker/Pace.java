package io.pharos.broker;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long one destination rests between two times that its messages are handed out, so that those
 * which come meanwhile leave together. Most of what a delivery costs is its write; so the rest is
 * in proportion to what handing out took, and the shorter the more messages left together already.
 * A destination with few subscribers never rests, nor does one whose messages are so far apart that
 * a rest would delay them and gather none.
 */
final class Pace {
  /** For how many times as long as handing out took for each of its messages. */
  private static final int REST = 6;

  /** What is not worth a timer, in ns. */
  private static final long SHORTEST = 1_000_000;

  private final long longest;
  private final LongSupplier nanoTime;
  private long begin;
  private int messages;
  private long ended;
  private long restEnd;

  Pace(Duration longest, LongSupplier nanoTime) {
    this.longest = longest.toNanos();
    this.nanoTime = nanoTime;
    this.ended = nanoTime.getAsLong();
    this.restEnd = ended;
  }

  /** Messages begin to be handed out. */
  void begin(int count) {
    begin = nanoTime.getAsLong();
    messages = count;
  }

  /** More have come along. */
  void add(int count) {
    messages += count;
  }

  /** All are handed out. */
  void end() {
    long now = nanoTime.getAsLong();
    long took = now - begin;
    long rest = Math.min(longest, REST * took / Math.max(1, messages));
    restEnd = gathers(took + rest, now - ended) ? now + rest : now;
    ended = now;
  }

  /**
   * Whether a round of so many ns, a rest and what is handed out after it, would take in more than
   * one message and a half, if they come as often as in the last one.
   */
  private boolean gathers(long round, long last) {
    return 2L * messages * round > 3 * last;
  }

  /** What is left of the rest; zero when the next messages may be handed out. */
  Duration rest() {
    long left = restEnd - nanoTime.getAsLong();
    return left < SHORTEST ? Duration.ZERO : Duration.ofNanos(left);
  }
}
