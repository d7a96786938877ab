package io.pharos.cli.bench.wire;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How to log in and subscribe by STOMP.
 *
 * @param destinations the names by their numbers
 * @param headers of each handshake, without line ends
 * @param passcode the token, or null
 * @param signal what tells that a client is subscribed
 */
public record StompSettings(
    HttpTarget target,
    IntFunction<String> destinations,
    List<String> headers,
    @Nullable String passcode,
    Signal signal) {

  /** What tells that a client is subscribed. */
  public enum Signal {
    /** The receipt of SUBSCRIBE. */
    RECEIPT,
    /** CONNECTED: for servers that give no receipts. */
    CONNECTED
  }
}
