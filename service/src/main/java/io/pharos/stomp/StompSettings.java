package io.pharos.stomp;

import java.time.Duration;

/**
 * How the server speaks STOMP.
 *
 * @param server the {@code server} header of CONNECTED: name/version
 * @param limits of what clients send
 * @param maxSubscriptions at once, for each session
 * @param heartBeat the shortest interval between heart-beats that the server offers and asks for;
 *     clients may ask for longer ones
 * @param connectTimeout how long a client may take to send CONNECT
 * @param disconnectGrace how long a client may take to close after the receipt of its DISCONNECT
 */
public record StompSettings(
    String server,
    StompLimits limits,
    int maxSubscriptions,
    Duration heartBeat,
    Duration connectTimeout,
    Duration disconnectGrace) {

  public StompSettings {
    if (maxSubscriptions < 1) {
      throw new IllegalArgumentException("at least one subscription must be allowed");
    }
    for (var duration : new Duration[] {heartBeat, connectTimeout, disconnectGrace}) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("durations must be positive");
      }
    }
  }

  /** Heart-beats of at least 1 s, 10 s to connect, 5 s to close, 500 subscriptions. */
  public static StompSettings of(String server, int maxBodyBytes) {
    return new StompSettings(
        server,
        StompLimits.DEFAULT.withBodyBytes(maxBodyBytes),
        500,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5));
  }
}
