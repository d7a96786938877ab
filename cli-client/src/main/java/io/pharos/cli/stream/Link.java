package io.pharos.cli.stream;

import java.io.IOException;
import java.time.Duration;

/**
 * An open WebSocket or SockJS session, as far as STOMP needs one. What it receives goes to an
 * inbox.
 */
interface Link {
  void send(String text) throws IOException, InterruptedException;

  /** Closes in good order, waiting for a moment at most. Idempotent. */
  void close();

  /** Opens links to one server. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens one.
     *
     * @param token for the handshake; empty when there is none
     * @param inbox takes what arrives, and in the end why it ended
     * @throws io.pharos.cli.failure.ServerRefusedException when a request is answered with an HTTP
     *     status that is no success
     * @throws IOException when there is no connection
     */
    Link open(String token, Inbox inbox, Duration patience)
        throws IOException, InterruptedException;
  }
}
