package io.pharos.stomp;

import io.pharos.session.Outgoing;

/** A heart-beat on its way: one line feed, needed only when nothing else is written. */
record LineEnd() implements Outgoing {
  static final String TEXT = "\n";

  @Override
  public int weight() {
    return 1;
  }
}
