package io.pharos.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
  private static final String SECRET = SignedTokens.SECRET.value();

  @Test
  void theOneValueThatIsSetIsTheSource() {
    assertThat(KeySource.of(null, "", " ")).isEqualTo(new KeySource.None());
    assertThat(KeySource.of(SECRET, "", null)).isEqualTo(SignedTokens.SECRET);
    assertThat(KeySource.of("", "pem", null)).isEqualTo(new KeySource.PublicKeyPem("pem"));
    assertThat(KeySource.of(null, null, " https://id.example/jwks "))
        .isEqualTo(new KeySource.Jwks(URI.create("https://id.example/jwks")));
  }

  @Test
  void severalSourcesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeySource.of(SECRET, "pem", null))
        .withMessageContaining("only one of")
        .withMessageNotContaining(SECRET);
  }

  @Test
  void aShortSecretIsRefusedAndNeverPrinted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeySource.Secret("x".repeat(31)))
        .withMessage("pharos.jwt.secret must have at least 32 bytes");
    assertThat(new KeySource.Secret("ä".repeat(16)).bytes()).hasSize(32);
    assertThat(SignedTokens.SECRET.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/jwks",
        "http://localhost.example/jwks",
        "http://127.0.0.1@id.example/jwks",
        "ftp://localhost/jwks",
        "file:///etc/passwd",
        "//id.example/jwks",
        "jwks",
        "https:///jwks",
        "::",
      })
  void keysComeOverHttpsOrFromThisMachine(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeySource.of(null, null, url))
        .withMessageContaining("pharos.jwt.jwks-url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example:8443/jwks",
        "HTTPS://id.example/jwks",
        "http://localhost:8080/jwks",
        "http://127.0.0.1/jwks",
        "http://[::1]:1/jwks"
      })
  void secureAddressesAreAccepted(String url) {
    assertThat(KeySource.of(null, null, url)).isEqualTo(new KeySource.Jwks(URI.create(url)));
  }

  @Test
  void pemMayBeWrittenOnOneLine() throws JOSEException {
    var key = SignedTokens.rsa("k", 2048).toPublicKey();
    String pem = SignedTokens.pem(key);

    assertThat(PemPublicKey.parse(pem)).isEqualTo(key);
    assertThat(PemPublicKey.parse(pem.replace("\r\n", "\\n").replace("\n", "\\n"))).isEqualTo(key);
    assertThat(PemPublicKey.parse(pem.replaceAll("(?<=[A-Za-z0-9+/=])\\s+(?!PUBLIC|KEY)", "")))
        .isEqualTo(key);
  }

  @Test
  void weakAndUnsupportedKeysAreRefused() throws JOSEException {
    String p384 = SignedTokens.pem(SignedTokens.ec("k", Curve.P_384).toPublicKey());

    refused(SignedTokens.pem(SignedTokens.rsa("k", 1024).toPublicKey()), "at least 2048 bits");
    refused(p384, "P-256");
    refused(SignedTokens.pem(edKey()), "RSA or EC");
  }

  private static PublicKey edKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsNoPublicKeyIsRefusedByName() throws JOSEException {
    byte[] der = SignedTokens.rsa("k", 2048).toPrivateKey().getEncoded();
    String inner = Base64.getEncoder().encodeToString(der);

    refused("-----BEGIN PRIVATE KEY-----\n" + inner + "\n-----END PRIVATE KEY-----", "private key");
    refused("-----BEGIN RSA PUBLIC KEY-----\nAA==\n-----END RSA PUBLIC KEY-----", "must be PEM");
    refused("/etc/keys/public.pem", "must be PEM");
    refused("-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----", "RSA or EC");
    refused("-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----", "base64");
    refused("-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----", "pharos.jwt.public-key");
  }

  private static void refused(String pem, String reason) {
    var settings =
        new JwtSettings(new KeySource.PublicKeyPem(pem), null, null, JwtSettings.DEFAULT_LEEWAY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JwtTokenVerifier(settings, SignedTokens.CLOCK))
        .withMessageContaining("pharos.jwt.public-key")
        .withMessageContaining(reason);
  }
}
