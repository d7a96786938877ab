package io.pharos.security;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys come from that tokens are verified with. The source also fixes the algorithm: a
 * token's own word about it is never followed.
 */
public sealed interface KeySource {

  /** Shortest secret, in bytes: what HS256 needs to be as strong as its hash. */
  int MIN_SECRET = 32;

  /**
   * Reads the three configuration values, of which at most one may be set; null and blank mean not
   * set.
   *
   * @throws IllegalArgumentException naming the configuration key that is wrong
   */
  static KeySource of(
      @Nullable String secret, @Nullable String publicKey, @Nullable String jwksUrl) {
    List<KeySource> sources = new ArrayList<>();
    if (secret != null && !secret.isBlank()) {
      sources.add(new Secret(secret));
    }
    if (publicKey != null && !publicKey.isBlank()) {
      sources.add(new PublicKeyPem(publicKey));
    }
    if (jwksUrl != null && !jwksUrl.isBlank()) {
      sources.add(new Jwks(uri(jwksUrl.strip())));
    }
    if (sources.size() > 1) {
      throw new IllegalArgumentException(
          "only one of pharos.jwt.secret, pharos.jwt.public-key and pharos.jwt.jwks-url may be"
              + " set");
    }
    return sources.isEmpty() ? new None() : sources.getFirst();
  }

  /**
   * A secret shared with who makes the tokens: HS256. Its UTF-8 bytes are the key, undecoded, and
   * at least {@link #MIN_SECRET} of them.
   */
  record Secret(String value) implements KeySource {
    public Secret {
      if (value.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET) {
        throw new IllegalArgumentException(
            "pharos.jwt.secret must have at least " + MIN_SECRET + " bytes");
      }
    }

    byte[] bytes() {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return "Secret[…]";
    }
  }

  /** One public key as PEM, {@code BEGIN PUBLIC KEY}: RSA means RS256, EC P-256 means ES256. */
  record PublicKeyPem(String pem) implements KeySource {}

  /** A set of public keys at an {@code https} address, or {@code http} on this machine itself. */
  record Jwks(URI url) implements KeySource {
    public Jwks {
      HttpJwksFetcher.checkAddress(url);
    }
  }

  /** No key: every token is refused. */
  record None() implements KeySource {}

  private static URI uri(String value) {
    try {
      return URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pharos.jwt.jwks-url is no URL: " + value, e);
    }
  }
}
