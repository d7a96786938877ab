package io.pharos.security;

import static io.pharos.security.SignedTokens.NOW;
import static io.pharos.security.SignedTokens.SECRET;
import static io.pharos.security.SignedTokens.claims;
import static io.pharos.security.SignedTokens.hs256;
import static io.pharos.security.SignedTokens.refusal;
import static io.pharos.security.SignedTokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jwt.JWTClaimsSet;
import io.pharos.message.UserName;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtClaimsTest {
  private static final TokenVerifier STRICT = verifier(SECRET, "https://id.example", "pharos");

  private static Date at(Instant instant) {
    return Date.from(instant);
  }

  private static String token(Consumer<JWTClaimsSet.Builder> change) {
    return hs256(claims(change));
  }

  private static String strict(Consumer<JWTClaimsSet.Builder> change) {
    return hs256(
        claims(
            c -> {
              c.issuer("https://id.example").audience("pharos");
              change.accept(c);
            }));
  }

  @Test
  void anIdentityIsWhatTheTokenSays() {
    Identity identity = STRICT.verify(strict(c -> c.subject("a@example.org/x").jwtID("t-1")));

    assertThat(identity)
        .isEqualTo(
            new Identity(
                new UserName("a@example.org/x"), Rights.DEFAULT, NOW.plusSeconds(60), "t-1"));
    assertThat(STRICT.verify(strict(c -> {})).tokenId()).isNull();
  }

  @Test
  void aTokenEndsAtItsExpToTheSecond() {
    assertThat(verifier(SECRET).verify(token(c -> c.expirationTime(at(NOW.plusSeconds(1))))))
        .extracting(Identity::expiresAt)
        .isEqualTo(NOW.plusSeconds(1));
    for (Instant past : List.of(NOW, NOW.minusSeconds(1), NOW.minusSeconds(9999), Instant.EPOCH)) {
      assertThatExceptionOfType(TokenExpiredException.class)
          .isThrownBy(() -> verifier(SECRET).verify(token(c -> c.expirationTime(at(past)))))
          .withMessageContaining("expired at " + past)
          .extracting(TokenExpiredException::expiredAt)
          .isEqualTo(past);
    }
  }

  @Test
  void onlyAnOtherwiseGoodTokenCountsAsExpired() {
    Date past = at(NOW.minusSeconds(5));

    assertThatRefusalIsNotExpiry(STRICT, strict(c -> c.expirationTime(past).issuer("other")));
    assertThatRefusalIsNotExpiry(STRICT, strict(c -> c.expirationTime(past).audience("other")));
    assertThatRefusalIsNotExpiry(STRICT, strict(c -> c.expirationTime(past).subject(null)));
    assertThatRefusalIsNotExpiry(STRICT, strict(c -> c.expirationTime(past).claim("pharos", 1)));
    assertThatRefusalIsNotExpiry(
        verifier(SignedTokens.OTHER_SECRET), token(c -> c.expirationTime(past)));
  }

  private static void assertThatRefusalIsNotExpiry(TokenVerifier verifier, String token) {
    assertThat(refusal(verifier, token)).doesNotContain("expired");
  }

  @Test
  void aTokenMustExpire() {
    assertThat(refusal(verifier(SECRET), token(c -> c.expirationTime(null)))).contains("'exp'");
    assertThat(refusal(verifier(SECRET), token(c -> c.claim("exp", "tomorrow"))))
        .contains("malformed");
  }

  @Test
  void notBeforeIsCheckedWithLeeway() {
    assertThat(verifier(SECRET).verify(token(c -> c.notBeforeTime(at(NOW.plusSeconds(30))))))
        .isNotNull();
    assertThat(refusal(verifier(SECRET), token(c -> c.notBeforeTime(at(NOW.plusSeconds(31))))))
        .contains("not valid before 2026-05-01T12:00:31Z");
  }

  @Test
  void theLeewayIsAtMostAMinute() {
    for (Duration leeway : List.of(Duration.ofSeconds(61), Duration.ofSeconds(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new JwtSettings(SECRET, null, null, leeway))
          .withMessageContaining("0 to 60 seconds");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://id.example/", "https://ID.example", "id.example", ""})
  void theIssuerMustBeExact(String issuer) {
    assertThat(refusal(STRICT, strict(c -> c.issuer(issuer))))
        .contains("'iss'", "https://id.example");
  }

  @Test
  void theIssuerMustBeThereWhenOneIsConfigured() {
    assertThat(refusal(STRICT, strict(c -> c.issuer(null)))).contains("'iss'");
    assertThat(verifier(SECRET).verify(token(c -> c.issuer("anybody")))).isNotNull();
  }

  @Test
  void theAudienceMustHoldOurs() {
    assertThat(STRICT.verify(strict(c -> c.audience(List.of("a", "pharos"))))).isNotNull();
    assertThat(refusal(STRICT, strict(c -> c.audience(List.of("a", "b"))))).contains("'aud'");
    assertThat(refusal(STRICT, strict(c -> c.audience("pharos2")))).contains("'aud'", "'pharos'");
    assertThat(refusal(STRICT, strict(c -> c.audience(List.of())))).contains("'aud'");
    assertThat(verifier(SECRET).verify(token(c -> c.audience("anything")))).isNotNull();
  }

  @Test
  void blankIssuerAndAudienceMeanNotConfigured() {
    assertThat(verifier(SECRET, " ", "").verify(token(c -> {}))).isNotNull();
  }

  @Test
  void theSubjectMustBeAUserName() {
    assertThat(refusal(verifier(SECRET), token(c -> c.subject(null)))).contains("'sub'");
    for (String wrong : List.of("", "a\nb", "a\u0000", "x".repeat(129))) {
      assertThat(refusal(verifier(SECRET), token(c -> c.subject(wrong)))).contains("'sub'");
    }
    assertThat(refusal(verifier(SECRET), token(c -> c.claim("sub", true)))).contains("malformed");
    assertThat(refusal(verifier(SECRET), token(c -> c.claim("sub", List.of("a")))))
        .contains("malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u001b[31m"})
  void aTokenIdWithControlCharactersIsRefused(String id) {
    assertThat(refusal(verifier(SECRET), token(c -> c.jwtID(id)))).contains("'jti'");
  }
}
