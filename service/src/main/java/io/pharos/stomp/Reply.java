package io.pharos.stomp;

import io.pharos.session.Outgoing;

/** A frame that is meant for one client, encoded. */
record Reply(Payload payload) implements Outgoing {
  @Override
  public int weight() {
    return 64 + payload.length();
  }
}
