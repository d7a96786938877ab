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
  /** What a server may do before a client that is idle gives it up, as Pharos does: 25 seconds. */
  private static final String HEART_BEAT = "0,25000";

  /** What tells that a client is subscribed. */
  public enum Signal {
    /** The receipt of SUBSCRIBE. */
    RECEIPT,
    /** CONNECTED: for servers that give no receipts. */
    CONNECTED
  }

  /** The CONNECT frame. */
  String connect() {
    return frame(
        "CONNECT\naccept-version:1.2\nhost:"
            + target.host()
            + "\nheart-beat:"
            + HEART_BEAT
            + "\n"
            + (passcode == null ? "" : "passcode:" + passcode + "\n"));
  }

  /** The SUBSCRIBE frame. */
  String subscribe(int destination, Bookmark bookmark) {
    return frame(
        "SUBSCRIBE\nid:0\ndestination:"
            + destinations.apply(destination)
            + "\n"
            + (bookmark.isKnown() ? "last-event-id:" + bookmark.token() + "\n" : "")
            + (signal == Signal.RECEIPT ? "receipt:s\n" : ""));
  }

  private static String frame(String lines) {
    return lines + "\n\0";
  }
}
