package io.pharos.sockjs;

import java.io.IOException;

/**
 * What carries frames to a client for a while: an HTTP answer under way, or a WebSocket. One thread
 * at a time writes; giving up can come from any other one.
 */
public interface Exchange {

  /**
   * Puts on the wire what comes before the first piece and the client does not see as one: an
   * answer's head. Nothing where there is no such thing, or where it has gone. May block as well.
   */
  default void begin() throws IOException {}

  /** Puts a piece on the wire at once, as one. May block until the client reads. */
  void write(String piece) throws IOException;

  /** Puts the last piece on the wire and ends. May block as well. */
  void end(String piece) throws IOException;

  /** Gives up on it, also while a write is blocked. Idempotent. May block for a while. */
  void abort();
}
