package io.pharos.security;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a genuine token says (RFC 7519, section 4.1). Its age comes last, so that a token
 * that is refused as expired is good in every other way.
 */
final class JwtClaims {
  private final JwtSettings settings;
  private final Clock clock;

  JwtClaims(JwtSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The identity in a token whose signature was verified. */
  Identity identity(SignedJWT jwt) {
    try {
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      checkOrigin(claims);
      Instant expiresAt = expiry(claims);
      Identity identity =
          new Identity(user(claims), RightsClaim.rights(claims), expiresAt, claims.getJWTID());
      checkTime(claims.getNotBeforeTime(), expiresAt);
      return identity;
    } catch (ParseException e) {
      throw new PharosException(
          PharosException.Code.UNAUTHENTICATED,
          "the token's claims are malformed: " + e.getMessage(),
          e);
    }
  }

  private void checkOrigin(JWTClaimsSet claims) {
    String issuer = settings.issuer();
    if (issuer != null && !issuer.equals(claims.getIssuer())) {
      throw JwtTokenVerifier.refused("the token's issuer, 'iss', must be '" + issuer + "'");
    }
    String audience = settings.audience();
    if (audience != null && !claims.getAudience().contains(audience)) {
      throw JwtTokenVerifier.refused("the token's audience, 'aud', must hold '" + audience + "'");
    }
  }

  private static Instant expiry(JWTClaimsSet claims) {
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      throw JwtTokenVerifier.refused("the token must say with 'exp' when it expires");
    }
    return expiry.toInstant();
  }

  private static UserName user(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    if (subject == null) {
      throw JwtTokenVerifier.refused("the token must name its user in 'sub'");
    }
    try {
      return new UserName(subject);
    } catch (PharosException e) {
      throw new PharosException(
          PharosException.Code.UNAUTHENTICATED,
          "the token's 'sub' is not a user: " + e.detail(),
          e);
    }
  }

  private void checkTime(@Nullable Date notBefore, Instant expiresAt) {
    Instant now = clock.instant();
    if (notBefore != null && now.plus(settings.leeway()).isBefore(notBefore.toInstant())) {
      throw JwtTokenVerifier.refused(
          "the token is not valid before " + notBefore.toInstant() + ", its 'nbf'");
    }
    if (!now.isBefore(expiresAt)) {
      throw new TokenExpiredException(expiresAt);
    }
  }
}
