package io.pharos.session;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told, from whatever thread. */
final class RecordingSessionListener implements SessionListener {
  private final List<CloseReason> closed = new ArrayList<>();
  private int wrote;
  private int finished;

  @Override
  public synchronized void wrote(Session session, List<Outgoing> items) {
    wrote += items.size();
  }

  @Override
  public synchronized void closed(Session session, CloseReason reason) {
    closed.add(reason);
  }

  @Override
  public synchronized void finished(Session session) {
    finished++;
  }

  synchronized int wrote() {
    return wrote;
  }

  synchronized int finished() {
    return finished;
  }

  synchronized List<CloseReason> closed() {
    return List.copyOf(closed);
  }
}
