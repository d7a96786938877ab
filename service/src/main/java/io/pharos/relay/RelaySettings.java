package io.pharos.relay;

import java.time.Duration;

/**
 * Where the broker is, and how to talk to it.
 *
 * @param client what clients' connections log in with
 * @param system what the application's connection logs in with
 * @param virtualHost the header {@code host} of CONNECT
 * @param heartBeat how often each side lets the other one hear of it, at least
 * @param patience how long a connect, a write to the broker, an answer of the broker, or a client
 *     whose outbox is full may take
 * @param maxBodyBytes how long a body may be that the broker sends; a longer one ends the
 *     connection
 */
public record RelaySettings(
    String host,
    int port,
    Login client,
    Login system,
    String virtualHost,
    Duration heartBeat,
    Duration patience,
    int maxBodyBytes) {

  /** The header {@code login} and {@code passcode} of CONNECT. */
  public record Login(String name, String passcode) {
    /** Without the passcode. */
    @Override
    public String toString() {
      return name;
    }
  }

  public RelaySettings {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the broker must have a host, and a port of 1 to 65535");
    }
    if (heartBeat.compareTo(Duration.ofMillis(100)) < 0 || patience.toMillis() < 1) {
      throw new IllegalArgumentException("durations must be positive, heart-beats at least 100ms");
    }
  }

  /** Host and port alone. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
