package io.pharos.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pharos.message.PharosException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Tokens of every kind, good and bad, at one fixed time. */
final class SignedTokens {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final KeySource.Secret SECRET = new KeySource.Secret("0123456789abcdef0123456789abcdef");
  static final KeySource.Secret OTHER_SECRET =
      new KeySource.Secret("another-secret-of-32-bytes-or-more");

  private SignedTokens() {}

  /** Claims of alice, good for another minute, then changed. */
  static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
    var builder =
        new JWTClaimsSet.Builder().subject("alice").expirationTime(Date.from(NOW.plusSeconds(60)));
    change.accept(builder);
    return builder.build();
  }

  static String hs256(JWTClaimsSet claims) {
    return hs256(SECRET.bytes(), claims);
  }

  static String hs256(byte[] secret, JWTClaimsSet claims) {
    try {
      return sign(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret), claims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String rs256(RSAKey key, JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      return sign(header, new RSASSASigner(key), claims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String es256(ECKey key, JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
      return sign(header, new ECDSASigner(key), claims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String sign(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ec(String id, Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static JwtTokenVerifier verifier(KeySource keys) {
    return verifier(keys, null, null);
  }

  static JwtTokenVerifier verifier(
      KeySource keys, @Nullable String issuer, @Nullable String audience) {
    var settings = new JwtSettings(keys, issuer, audience, JwtSettings.DEFAULT_LEEWAY);
    return new JwtTokenVerifier(settings, CLOCK);
  }

  /** Asserts that the token is refused, and returns why. */
  static String refusal(TokenVerifier verifier, String token) {
    PharosException refused =
        Assertions.catchThrowableOfType(PharosException.class, () -> verifier.verify(token));
    Assertions.assertThat(refused).as("the token was accepted").isNotNull();
    Assertions.assertThat(refused.code()).isEqualTo(PharosException.Code.UNAUTHENTICATED);
    Assertions.assertThat(refused.detail()).doesNotContain(SECRET.value());
    return refused.detail();
  }
}
