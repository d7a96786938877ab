package io.pharos.stomp;

/** A STOMP broker elsewhere, which answers for clients' topics, queues and user destinations. */
@FunctionalInterface
public interface Relay {

  /**
   * Opens a connection to the broker for one client, with the server's own credentials. Blocks for
   * some seconds at the most.
   *
   * @param version what the client speaks, which is then spoken to the broker as well
   * @param client is told what comes back, by one thread
   * @throws io.pharos.message.PharosException UNAVAILABLE when the broker is away
   */
  RelayLink open(Version version, RelayClient client);
}
