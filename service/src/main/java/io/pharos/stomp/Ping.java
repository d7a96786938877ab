package io.pharos.stomp;

import io.pharos.session.Outgoing;

/**
 * A question below the frames whether the client is still there, for one that wants no heart-beats:
 * without it nothing would ever be written to a quiet one, and its end might not show.
 */
record Ping() implements Outgoing {
  /** For all sessions. */
  static final Ping INSTANCE = new Ping();

  @Override
  public int weight() {
    return 2;
  }
}
