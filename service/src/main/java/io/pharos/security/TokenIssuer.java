package io.pharos.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pharos.message.UserName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens from a shared secret (HS256), for operators, development and tests; an application
 * with users has an identity provider that does it.
 */
public final class TokenIssuer {
  private final KeySource.Secret secret;
  private final @Nullable String issuer;
  private final @Nullable String audience;
  private final Clock clock;

  /**
   * @param issuer the tokens' {@code iss}, or null for none
   * @param audience the tokens' {@code aud}, or null for none
   */
  public TokenIssuer(
      KeySource.Secret secret, @Nullable String issuer, @Nullable String audience, Clock clock) {
    this.secret = secret;
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
  }

  /** A token without the {@code pharos} claim: it has {@link Rights#DEFAULT}. */
  public String issue(UserName user, Duration ttl) {
    return sign(claims(user, ttl).build());
  }

  /**
   * A token with exactly these rights.
   *
   * @param ttl at least one second; a token's times are in whole seconds
   */
  public String issue(UserName user, Rights rights, Duration ttl) {
    return sign(claims(user, ttl).claim(RightsClaim.NAME, RightsClaim.of(rights)).build());
  }

  private JWTClaimsSet.Builder claims(UserName user, Duration ttl) {
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("a token must live for at least one second");
    }
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .subject(user.value())
        .issuer(issuer)
        .audience(audience)
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(ttl)));
  }

  private String sign(JWTClaimsSet claims) {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    SignedJWT jwt = new SignedJWT(header, claims);
    try {
      jwt.sign(new MACSigner(secret.bytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 is not available", e);
    }
    return jwt.serialize();
  }
}
