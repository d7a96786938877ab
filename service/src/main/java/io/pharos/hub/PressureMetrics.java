package io.pharos.hub;

/** What is counted of clients that do not keep up, and of replays. Must not block. */
public interface PressureMetrics {

  /** A client of a destination with this policy did not keep up. */
  void slow(Overflow policy);

  /** A message was dropped for a client, which is told by a gap. */
  void dropped();

  /** A message was replaced, for a client, by a newer one of the same key. */
  void conflated();

  /** A replay had to wait for others. */
  void replayDelayed();
}
