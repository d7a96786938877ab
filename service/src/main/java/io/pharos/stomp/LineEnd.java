package io.pharos.stomp;

import io.pharos.session.Outgoing;

/** A heart-beat on its way: one line feed, needed only when nothing else is written. */
record LineEnd() implements Outgoing {
  static final String TEXT = "\n";

  /** For all sessions. */
  static final LineEnd INSTANCE = new LineEnd();

  @Override
  public int weight() {
    return 1;
  }
}
