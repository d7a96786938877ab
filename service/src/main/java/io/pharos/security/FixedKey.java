package io.pharos.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;

/** One configured key; a token's {@code kid} is not looked at. */
record FixedKey(JWSAlgorithm algorithm, JWSVerifier verifier) implements VerificationKeys {

  static FixedKey of(KeySource.Secret secret) {
    try {
      return new FixedKey(JWSAlgorithm.HS256, new MACVerifier(secret.bytes()));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("pharos.jwt.secret is not fit for HS256", e);
    }
  }

  static FixedKey of(KeySource.PublicKeyPem source) {
    PublicKey key = PemPublicKey.parse(source.pem());
    try {
      return switch (key) {
        case RSAPublicKey rsa -> new FixedKey(JWSAlgorithm.RS256, new RSASSAVerifier(rsa));
        case ECPublicKey ec -> new FixedKey(JWSAlgorithm.ES256, new ECDSAVerifier(ec));
        default ->
            throw new IllegalArgumentException(
                "pharos.jwt.public-key must be RSA or EC, not " + key.getAlgorithm());
      };
    } catch (JOSEException e) {
      throw new IllegalArgumentException("pharos.jwt.public-key is not supported", e);
    }
  }

  @Override
  public Set<JWSAlgorithm> algorithms() {
    return Set.of(algorithm);
  }

  @Override
  public List<JWSVerifier> candidates(JWSHeader header) {
    return List.of(verifier);
  }
}
