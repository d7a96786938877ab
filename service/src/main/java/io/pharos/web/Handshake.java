package io.pharos.web;

import io.pharos.security.Identity;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket's handshake leaves to its endpoint. The container offers no place of its own for
 * it: an endpoint's configuration is shared by all connections. {@link HandshakeFilter}, {@link
 * HandshakeConfigurator} and the endpoint's creation run in one thread, which holds it in between.
 */
final class Handshake {
  private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

  private final @Nullable Identity identity;
  private final String address;
  private volatile @Nullable HttpSession httpSession;
  private volatile boolean accepted;

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

  /**
   * The session that the container creates for each handshake must neither outlive the connection
   * nor end it.
   */
  void keep(HttpSession session) {
    accepted = true;
    session.setMaxInactiveInterval(-1);
    httpSession = session;
  }

  /**
   * The container is done with the handshake. Of one that it has refused it keeps the session all
   * the same, for half an hour: whoever cannot log in could fill the memory with them.
   *
   * @param session of the request, if it has any; one that was there before is left alone
   */
  void done(@Nullable HttpSession session) {
    if (!accepted && session != null && session.isNew()) {
      httpSession = session;
      release();
    }
  }

  /** The connection has ended. */
  void release() {
    HttpSession session = httpSession;
    if (session != null) {
      httpSession = null;
      try {
        session.invalidate();
      } catch (IllegalStateException e) {
        System.getLogger(Handshake.class.getName())
            .log(System.Logger.Level.DEBUG, "The HTTP session has ended already");
      }
    }
  }
}
