package io.pharos.hub;

import io.pharos.message.PharosException;

/** Keeps {@code /app/…} away from the broker: it names the application's message handlers. */
final class HandlerDestinations {
  private HandlerDestinations() {}

  /**
   * Refuses what only a handler can take.
   *
   * @throws PharosException UNSUPPORTED
   */
  static void refuse(String destination) {
    if (destination.startsWith("/app/")) {
      throw new PharosException(
          PharosException.Code.UNSUPPORTED,
          "'"
              + destination
              + "' is for message handlers: they are reached by STOMP alone, with SEND or SUBSCRIBE"
              + " to one destination and without a transaction");
    }
  }
}
