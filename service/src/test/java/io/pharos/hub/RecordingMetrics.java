package io.pharos.hub;

import io.pharos.session.CloseReason;
import java.util.ArrayList;
import java.util.List;

/** Counts, to be read by the test. */
final class RecordingMetrics implements Metrics {
  int published;
  int refused;
  int delivered;
  int gaps;
  int opened;
  int dropped;
  int conflated;
  int delayed;
  final List<Overflow> slow = new ArrayList<>();
  final List<CloseReason> closed = new ArrayList<>();

  @Override
  public synchronized void published(int messages) {
    published += messages;
  }

  @Override
  public synchronized void refused() {
    refused++;
  }

  @Override
  public synchronized void delivered(int messages) {
    delivered += messages;
  }

  @Override
  public synchronized void gap() {
    gaps++;
  }

  @Override
  public synchronized void slow(Overflow policy) {
    slow.add(policy);
  }

  @Override
  public synchronized void dropped() {
    dropped++;
  }

  @Override
  public synchronized void conflated() {
    conflated++;
  }

  @Override
  public synchronized void replayDelayed() {
    delayed++;
  }

  @Override
  public synchronized void sessionOpened() {
    opened++;
  }

  @Override
  public synchronized void sessionClosed(CloseReason reason) {
    closed.add(reason);
  }
}
