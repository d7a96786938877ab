package io.pharos.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.pharos.message.PharosException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Verifies JSON Web Tokens (RFC 7519) as RFC 8725 advises: algorithm and keys come from the
 * configuration alone; keys and addresses inside a token are not looked at; {@code crit} is
 * refused.
 */
public final class JwtTokenVerifier implements TokenVerifier {
  private static final Set<String> TYPES =
      Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

  private final VerificationKeys keys;
  private final JwtClaims claims;

  /**
   * @throws IllegalArgumentException when the settings' key is not one that tokens can be verified
   *     with
   */
  public JwtTokenVerifier(JwtSettings settings, Clock clock) {
    this(keys(settings.keys(), clock), new JwtClaims(settings, clock));
  }

  JwtTokenVerifier(VerificationKeys keys, JwtClaims claims) {
    this.keys = keys;
    this.claims = claims;
  }

  private static VerificationKeys keys(KeySource source, Clock clock) {
    return switch (source) {
      case KeySource.Secret secret -> FixedKey.of(secret);
      case KeySource.PublicKeyPem pem -> FixedKey.of(pem);
      case KeySource.Jwks jwks -> new JwksKeys(new HttpJwksFetcher(jwks.url()), clock);
      case KeySource.None none -> new NoKeys();
    };
  }

  @Override
  public Identity verify(String token) {
    SignedJWT jwt = parse(token);
    checkHeader(jwt.getHeader());
    checkSignature(jwt);
    return claims.identity(jwt);
  }

  private static SignedJWT parse(String token) {
    if (token.length() > MAX_TOKEN) {
      throw refused("the token is longer than " + MAX_TOKEN + " bytes");
    }
    if (token.isEmpty() || !token.chars().allMatch(JwtTokenVerifier::isCompact)) {
      throw refused("the token is malformed: three base64url parts joined by '.' are expected");
    }
    try {
      JWT jwt = JWTParser.parse(token);
      return switch (jwt) {
        case SignedJWT signed -> signed;
        case PlainJWT plain ->
            throw refused("the token is not signed: the algorithm 'none' is not allowed");
        case EncryptedJWT encrypted -> throw refused("encrypted tokens are not supported");
        default -> throw refused("the token is of an unknown kind");
      };
    } catch (ParseException | IllegalArgumentException e) {
      throw new PharosException(
          PharosException.Code.UNAUTHENTICATED,
          "the token is malformed: three base64url parts joined by '.' are expected",
          e);
    }
  }

  private void checkHeader(JWSHeader header) {
    if (!keys.algorithms().contains(header.getAlgorithm())) {
      String allowed =
          keys.algorithms().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      throw refused("the token's algorithm is not allowed here; allowed: " + allowed);
    }
    boolean critical = header.getCriticalParams() != null && !header.getCriticalParams().isEmpty();
    if (critical || !header.isBase64URLEncodePayload()) {
      throw refused(
          "the token's header demands an extension ('crit', 'b64'), which is not supported");
    }
    JOSEObjectType type = header.getType();
    if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
      throw refused("the token's 'typ' must be JWT or at+jwt");
    }
  }

  private void checkSignature(SignedJWT jwt) {
    for (JWSVerifier verifier : keys.candidates(jwt.getHeader())) {
      try {
        if (jwt.verify(verifier)) {
          return;
        }
      } catch (JOSEException e) {
        throw new PharosException(
            PharosException.Code.UNAUTHENTICATED, "the token's signature cannot be verified", e);
      }
    }
    throw refused("the token's signature does not match: it was made with another key or altered");
  }

  private static boolean isCompact(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_'
        || c == '.';
  }

  static PharosException refused(String detail) {
    return new PharosException(PharosException.Code.UNAUTHENTICATED, detail);
  }
}
