package io.pharos.session;

import java.util.List;

/**
 * Learns what becomes of sessions: for counting and cleaning up. Called from any thread; must not
 * block.
 */
public interface SessionListener {

  /** The session has logged in. Called once. */
  default void loggedIn(Session session) {}

  /** Items were put on the wire. */
  void wrote(Session session, List<Outgoing> items);

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
