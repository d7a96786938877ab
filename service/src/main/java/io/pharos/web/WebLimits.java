package io.pharos.web;

import java.time.Duration;

/**
 * What the web side needs to know of the configuration.
 *
 * @param cookie the name of the cookie that may carry the token
 * @param heartbeat silence after which a client is sent a heart-beat
 * @param maxMessageBytes how long a body may be
 * @param maxBatch how many messages a batch may have
 * @param maxStreamDestinations how many destinations one event stream may have
 * @param sockJs whether there is SockJS
 */
public record WebLimits(
    String cookie,
    Duration heartbeat,
    int maxMessageBytes,
    int maxBatch,
    int maxStreamDestinations,
    boolean sockJs) {

  /** How long the body of a batch may be, in bytes. */
  public long maxBatchBytes() {
    return Math.max(16L * maxMessageBytes, 4L << 20);
  }
}
