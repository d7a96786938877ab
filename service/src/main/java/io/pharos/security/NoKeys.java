package io.pharos.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import java.util.List;
import java.util.Set;

/** A server that was given no key trusts nobody, and says why. */
record NoKeys() implements VerificationKeys {

  @Override
  public Set<JWSAlgorithm> algorithms() {
    throw JwtTokenVerifier.refused(
        "no key is configured to verify tokens with: set pharos.jwt.secret, pharos.jwt.public-key"
            + " or pharos.jwt.jwks-url on the server");
  }

  @Override
  public List<JWSVerifier> candidates(JWSHeader header) {
    return List.of();
  }
}
