package io.pharos.security;

import static io.pharos.security.SignedTokens.SECRET;
import static io.pharos.security.SignedTokens.claims;
import static io.pharos.security.SignedTokens.hs256;
import static io.pharos.security.SignedTokens.refusal;
import static io.pharos.security.SignedTokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSignatureTest {
  private static final JWTClaimsSet ALICE = claims(c -> {});
  private static final RSAKey RSA = SignedTokens.rsa("rsa", 2048);
  private static final ECKey EC = SignedTokens.ec("ec", Curve.P_256);

  private static KeySource rsaPem() throws JOSEException {
    return new KeySource.PublicKeyPem(SignedTokens.pem(RSA.toPublicKey()));
  }

  private static KeySource ecPem() throws JOSEException {
    return new KeySource.PublicKeyPem(SignedTokens.pem(EC.toPublicKey()));
  }

  @Test
  void aSecretVerifiesHs256() {
    assertThat(verifier(SECRET).verify(hs256(ALICE)).user().value()).isEqualTo("alice");
  }

  @Test
  void anRsaKeyVerifiesRs256AndNothingElse() throws JOSEException {
    TokenVerifier verifier = verifier(rsaPem());

    assertThat(verifier.verify(SignedTokens.rs256(RSA, ALICE)).user().value()).isEqualTo("alice");
    assertThat(refusal(verifier, hs256(ALICE))).contains("allowed: RS256");
    assertThat(refusal(verifier, SignedTokens.es256(EC, ALICE))).contains("allowed: RS256");
    var ps256 = new JWSHeader(JWSAlgorithm.PS256);
    assertThat(refusal(verifier, SignedTokens.sign(ps256, new RSASSASigner(RSA), ALICE)))
        .contains("allowed: RS256");
  }

  @Test
  void anEcKeyVerifiesEs256AndNothingElse() throws JOSEException {
    TokenVerifier verifier = verifier(ecPem());

    assertThat(verifier.verify(SignedTokens.es256(EC, ALICE)).user().value()).isEqualTo("alice");
    assertThat(refusal(verifier, SignedTokens.rs256(RSA, ALICE))).contains("allowed: ES256");
  }

  @Test
  void aPublicKeyIsNeverTakenForASecret() throws JOSEException {
    String pem = SignedTokens.pem(RSA.toPublicKey());

    for (byte[] secret :
        new byte[][] {
          pem.getBytes(StandardCharsets.UTF_8),
          pem.strip().getBytes(StandardCharsets.UTF_8),
          RSA.toPublicKey().getEncoded()
        }) {
      assertThat(refusal(verifier(rsaPem()), hs256(secret, ALICE))).contains("not allowed");
    }
  }

  @Test
  void algorithmNoneIsRefused() {
    String plain = new PlainJWT(ALICE).serialize();

    assertThat(refusal(verifier(SECRET), plain)).contains("'none'");
    assertThat(refusal(verifier(SECRET), plain.substring(0, plain.length() - 1))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "HS512", "hs256", "HS256 ", "", "PS256"})
  void algorithmsAreComparedExactly(String algorithm) {
    String[] parts = hs256(ALICE).split("\\.", -1);
    String header = Base64URL.encode("{\"alg\":\"" + algorithm + "\"}").toString();

    refusal(verifier(SECRET), header + "." + parts[1] + "." + parts[2]);
    refusal(verifier(SECRET), header + "." + parts[1] + ".");
  }

  @Test
  void anotherKeysSignatureIsRefused() throws JOSEException {
    String detail = "signature does not match";

    assertThat(refusal(verifier(SECRET), hs256(SignedTokens.OTHER_SECRET.bytes(), ALICE)))
        .contains(detail);
    RSAKey otherRsa = SignedTokens.rsa("rsa", 2048);
    assertThat(refusal(verifier(rsaPem()), SignedTokens.rs256(otherRsa, ALICE))).contains(detail);
    ECKey otherEc = SignedTokens.ec("ec", Curve.P_256);
    assertThat(refusal(verifier(ecPem()), SignedTokens.es256(otherEc, ALICE))).contains(detail);
  }

  @Test
  void anAlteredTokenIsRefused() {
    String[] parts = hs256(ALICE).split("\\.", -1);
    String mallory = Base64URL.encode("{\"sub\":\"root\",\"exp\":9999999999}").toString();
    String[] other = hs256(claims(c -> c.subject("bob"))).split("\\.", -1);

    refusal(verifier(SECRET), parts[0] + "." + mallory + "." + parts[2]);
    refusal(verifier(SECRET), parts[0] + "." + parts[1] + "." + other[2]);
    refusal(verifier(SECRET), parts[0] + "." + parts[1] + ".");
    refusal(verifier(SECRET), parts[0] + "." + parts[1]);
    refusal(verifier(SECRET), parts[0] + "." + parts[1] + "." + parts[2] + ".x");
  }

  @Test
  void anEcSignatureOfZeroesIsRefused() throws JOSEException {
    String[] parts = SignedTokens.es256(EC, ALICE).split("\\.", -1);

    refusal(verifier(ecPem()), parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
  }

  @Test
  void aKeyInsideTheTokenIsNotTrusted() throws JOSEException {
    RSAKey mallory = SignedTokens.rsa("rsa", 2048);
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("rsa")
            .jwk(mallory.toPublicJWK())
            .jwkURL(URI.create("http://127.0.0.1:1/jwks"))
            .x509CertURL(URI.create("http://127.0.0.1:1/cert"))
            .build();
    String token = SignedTokens.sign(header, new RSASSASigner(mallory), ALICE);

    assertThat(refusal(verifier(rsaPem()), token)).contains("signature does not match");
  }

  @Test
  void criticalExtensionsAreRefused() throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .criticalParams(Set.of("exp"))
            .customParam("exp", 1)
            .build();
    var signer = new MACSigner(SECRET.bytes());

    assertThat(refusal(verifier(SECRET), SignedTokens.sign(header, signer, ALICE)))
        .contains("'crit'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
  void typesOfAccessTokensAreAccepted(String type) throws JOSEException {
    assertThat(verifier(SECRET).verify(typed(type)).user().value()).isEqualTo("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE"})
  void tokensForOtherPurposesAreRefused(String type) throws JOSEException {
    assertThat(refusal(verifier(SECRET), typed(type))).contains("'typ'");
  }

  private static String typed(String type) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(type)).build();
    return SignedTokens.sign(header, new MACSigner(SECRET.bytes()), ALICE);
  }

  @Test
  void withoutAKeyEveryTokenIsRefusedWithTheRemedy() {
    assertThat(refusal(verifier(new KeySource.None()), hs256(ALICE)))
        .contains("no key is configured", "pharos.jwt.secret");
  }
}
