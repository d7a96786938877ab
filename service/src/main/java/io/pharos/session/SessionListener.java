package io.pharos.session;

/**
 * Learns what becomes of sessions: for counting and cleaning up. Called from any thread; must not
 * block.
 */
public interface SessionListener {

  /** Items were put on the wire. */
  void wrote(Session session, int items);

  /**
   * The session has ended and takes nothing any more; last words may still be on their way. Called
   * once.
   */
  void closed(Session session, CloseReason reason);

  /**
   * Nothing more will be written, and the connection is closed or closing. Called once; may
   * overtake {@link #closed}.
   */
  default void finished(Session session) {}
}
