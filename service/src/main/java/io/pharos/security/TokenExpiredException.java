package io.pharos.security;

import io.pharos.message.PharosException;
import java.time.Instant;

/** The token is genuine and its time is over: trying again with it is useless. */
public class TokenExpiredException extends PharosException {
  private static final long serialVersionUID = 1L;

  private final Instant expiredAt;

  public TokenExpiredException(Instant expiredAt) {
    super(Code.UNAUTHENTICATED, "the token expired at " + expiredAt);
    this.expiredAt = expiredAt;
  }

  /** The token's {@code exp}. */
  public Instant expiredAt() {
    return expiredAt;
  }
}
