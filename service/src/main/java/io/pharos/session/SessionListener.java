package io.pharos.session;

/**
 * Learns what becomes of sessions: for counting and cleaning up. Called from any thread; must not
 * block.
 */
public interface SessionListener {

  /** Items were put on the wire. */
  void wrote(Session session, int items);

  /** The session has ended and takes nothing any more. Called once. */
  void closed(Session session, CloseReason reason);
}
