package io.pharos.web;

import io.pharos.security.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket's handshake leaves to its endpoint. The container offers no place of its own for
 * it: an endpoint's configuration is shared by all connections. {@link HandshakeFilter} and the
 * endpoint's creation run in one thread, which holds it in between.
 */
final class Handshake {
  private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

  private final @Nullable Identity identity;
  private final String address;

  private Handshake(@Nullable Identity identity, String address) {
    this.identity = identity;
    this.address = address;
  }

  static Handshake begin(@Nullable Identity identity, String address) {
    var handshake = new Handshake(identity, address);
    CURRENT.set(handshake);
    return handshake;
  }

  static void end() {
    CURRENT.remove();
  }

  /** The one that this thread is in the middle of. */
  static Handshake current() {
    Handshake current = CURRENT.get();
    return current == null ? new Handshake(null, "") : current;
  }

  /** Who the client is, if the handshake carried a token. */
  @Nullable Identity identity() {
    return identity;
  }

  /** Where the client is, as {@link ClientAddress} has it. */
  String address() {
    return address;
  }
}
