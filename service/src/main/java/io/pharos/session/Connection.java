package io.pharos.session;

import java.io.IOException;
import java.util.List;

/**
 * The transport under a session. One thread at a time writes; closing can come from any other one.
 */
public interface Connection {

  /**
   * Puts everything on the wire, in order, in as few writes as the protocol allows. May block until
   * the client reads.
   *
   * @throws IOException when the client is gone; the session then ends
   * @throws io.pharos.message.PharosException when it was written, and what follows from that
   *     cannot be done; the session then ends with the reason
   */
  void write(List<Outgoing> batch) throws IOException;

  /**
   * What to tell the client before the connection is closed for a reason, after all that was
   * queued; may be nothing.
   */
  List<Outgoing> farewell(CloseReason reason);

  /** What carries the session, in a word: {@code sse}, {@code stomp}. */
  default String transport() {
    return "other";
  }

  /**
   * Whether the end of the client's side shows by itself, and not only once something is written.
   */
  default boolean noticesItsEnd() {
    return true;
  }

  /** Closes it, also while a write is blocked. Called once. May block. */
  void close(CloseReason reason);
}
