package io.pharos.stomp;

import java.time.Duration;

/**
 * How the server speaks STOMP.
 *
 * @param server the {@code server} header of CONNECTED: name/version
 * @param limits of what clients send
 * @param maxSubscriptions at once, for each session
 * @param maxUnacknowledged how many messages each session may have, over all subscriptions, that it
 *     has not acknowledged
 * @param transactions what transactions may hold
 * @param ahead what may wait while a message handler is at work
 * @param heartBeat the shortest interval between heart-beats that the server offers and asks for;
 *     clients may ask for longer ones
 * @param connectTimeout how long a client may take to send CONNECT
 * @param disconnectGrace how long a client may take to close after the receipt of its DISCONNECT
 * @param ping the silence after which a client that wants no heart-beats is asked below STOMP
 *     whether it is there, where the transport can
 */
public record StompSettings(
    String server,
    StompLimits limits,
    int maxSubscriptions,
    int maxUnacknowledged,
    TransactionLimits transactions,
    FrameQueueLimits ahead,
    Duration heartBeat,
    Duration connectTimeout,
    Duration disconnectGrace,
    Duration ping) {

  public StompSettings {
    if (maxSubscriptions < 1 || maxUnacknowledged < 1) {
      throw new IllegalArgumentException("at least one subscription and message must be allowed");
    }
    for (var duration : new Duration[] {heartBeat, connectTimeout, disconnectGrace, ping}) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("durations must be positive");
      }
    }
  }

  /**
   * Heart-beats of at least 1 s, 10 s to connect, 5 s to close, 500 subscriptions, 10,000 messages
   * unacknowledged, 100 transactions of 4 MiB (or four of the longest bodies) together, and 256
   * frames of as many bytes, for 10 s, ahead of a message handler.
   */
  public static StompSettings of(String server, int maxBodyBytes, Duration ping) {
    return new StompSettings(
        server,
        StompLimits.DEFAULT.withBodyBytes(maxBodyBytes),
        500,
        10_000,
        new TransactionLimits(100, Math.max(4L << 20, 4L * maxBodyBytes)),
        new FrameQueueLimits(256, Math.max(4L << 20, 4L * maxBodyBytes), Duration.ofSeconds(10)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        ping);
  }
}
