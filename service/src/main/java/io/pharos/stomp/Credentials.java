package io.pharos.stomp;

import io.pharos.admission.Ticket;
import io.pharos.message.PharosException;
import io.pharos.security.Identity;
import io.pharos.security.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a client is: by the token in its CONNECT frame, or else by what the handshake
 * proved.
 */
final class Credentials {
  private static final String BEARER = "Bearer ";

  private final TokenVerifier tokens;
  private final @Nullable Identity handshake;
  private final Ticket ticket;

  Credentials(TokenVerifier tokens, @Nullable Identity handshake, Ticket ticket) {
    this.tokens = tokens;
    this.handshake = handshake;
    this.ticket = ticket;
  }

  /**
   * Who the client is; the connection counts as that user's from then on.
   *
   * @throws io.pharos.admission.NotAdmittedException when the user has too many
   */
  Identity of(Frame connect) {
    Identity identity = identity(connect);
    ticket.login(identity.user().value());
    return identity;
  }

  private Identity identity(Frame connect) {
    String token = token(connect);
    if (token != null) {
      return tokens.verify(token);
    }
    if (handshake == null) {
      throw unauthenticated(
          "no token: send it with CONNECT, as 'Authorization:Bearer TOKEN' or as 'passcode'");
    }
    return handshake;
  }

  private static @Nullable String token(Frame connect) {
    String authorization = connect.header("Authorization");
    if (authorization != null && !authorization.isEmpty()) {
      if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        throw unauthenticated("Authorization must be 'Bearer TOKEN'");
      }
      return authorization.substring(BEARER.length()).strip();
    }
    // Stock clients send an empty passcode when they were given none.
    String passcode = connect.header("passcode");
    return passcode == null || passcode.isEmpty() ? null : passcode;
  }

  private static PharosException unauthenticated(String detail) {
    return new PharosException(PharosException.Code.UNAUTHENTICATED, detail);
  }
}
