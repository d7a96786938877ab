package io.pharos.cli.stream;

import java.io.IOException;
import java.time.Duration;

/** An open WebSocket, as far as STOMP needs one. What it receives goes to an inbox. */
interface Link {
  void send(String text) throws IOException;

  /** Closes in good order, without waiting. Idempotent. */
  void close();

  /** Opens links to one server. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens one.
     *
     * @param token for the handshake; empty when there is none
     * @param inbox takes what arrives, and in the end why it ended
     * @throws io.pharos.cli.failure.ServerRefusedException when the handshake is answered with an
     *     HTTP status
     * @throws IOException when there is no connection
     */
    Link open(String token, Inbox inbox, Duration patience)
        throws IOException, InterruptedException;
  }
}
