package io.pharos.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.pharos.message.PharosException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The usable keys of one key set: for signatures, RSA of at least 2048 bits for RS256 and EC P-256
 * for ES256. Others are left out, since issuers publish keys for other purposes too.
 */
final class KeyRing {
  static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
  private static final int MAX_KEYS = 100;

  private final List<Key> keys;

  private record Key(@Nullable String id, JWSAlgorithm algorithm, JWSVerifier verifier) {}

  private KeyRing(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  static KeyRing parse(String json) throws ParseException {
    List<JWK> published = published(json);
    if (published.size() > MAX_KEYS) {
      throw new ParseException("more than " + MAX_KEYS + " keys", 0);
    }
    List<Key> usable = new ArrayList<>();
    for (JWK jwk : published) {
      Key key = usable(jwk);
      if (key != null) {
        usable.add(key);
      }
    }
    return new KeyRing(usable);
  }

  /**
   * The keys that the header's {@code kid} names, or without one the only key there is for its
   * algorithm: trying them all would let a stranger choose how much work that is.
   */
  List<JWSVerifier> candidates(JWSHeader header) {
    List<JWSVerifier> found = new ArrayList<>();
    String id = header.getKeyID();
    for (Key key : keys) {
      if (key.algorithm.equals(header.getAlgorithm()) && (id == null || id.equals(key.id))) {
        found.add(key.verifier);
      }
    }
    if (id == null && found.size() > 1) {
      throw new PharosException(
          PharosException.Code.UNAUTHENTICATED,
          "the token's header must say with 'kid' which of the issuer's keys signed it");
    }
    return found;
  }

  private static List<JWK> published(String json) throws ParseException {
    try {
      return JWKSet.parse(json).getKeys();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParseException("a key is malformed: " + e.getMessage(), 0);
    }
  }

  private static @Nullable Key usable(JWK jwk) {
    boolean forSignatures =
        (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
            && (jwk.getKeyOperations() == null
                || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    if (!forSignatures) {
      return null;
    }
    try {
      if (jwk instanceof RSAKey rsa
          && rsa.size() >= PemPublicKey.MIN_RSA_BITS
          && isFor(jwk, JWSAlgorithm.RS256)) {
        return new Key(jwk.getKeyID(), JWSAlgorithm.RS256, new RSASSAVerifier(rsa));
      }
      if (jwk instanceof ECKey ec
          && Curve.P_256.equals(ec.getCurve())
          && isFor(jwk, JWSAlgorithm.ES256)) {
        return new Key(jwk.getKeyID(), JWSAlgorithm.ES256, new ECDSAVerifier(ec));
      }
    } catch (JOSEException e) {
      return null;
    }
    return null;
  }

  private static boolean isFor(JWK jwk, JWSAlgorithm algorithm) {
    return jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(algorithm);
  }
}
