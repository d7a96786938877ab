package io.pharos.security;

import static io.pharos.security.SignedTokens.CLOCK;
import static io.pharos.security.SignedTokens.NOW;
import static io.pharos.security.SignedTokens.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pharos.message.DestinationPattern;
import io.pharos.message.UserName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenIssuerTest {
  private static final UserName ALICE = new UserName("alice");
  private final TokenIssuer issuer = new TokenIssuer(SECRET, "us", "pharos", CLOCK);

  @Test
  void itsTokensAreAcceptedByTheVerifierOfTheSameSettings() {
    var rights =
        new Rights(
            List.of(new DestinationPattern("/topic/**")),
            List.of(new DestinationPattern("/user/*/queue/**")),
            true);

    Identity identity =
        SignedTokens.verifier(SECRET, "us", "pharos")
            .verify(issuer.issue(ALICE, rights, Duration.ofMinutes(5)));

    assertThat(identity.user()).isEqualTo(ALICE);
    assertThat(identity.rights()).isEqualTo(rights);
    assertThat(identity.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    assertThat(identity.tokenId()).isNotBlank();
  }

  @Test
  void withoutRightsTheDefaultApplies() {
    String token = issuer.issue(ALICE, Duration.ofSeconds(1));

    assertThat(SignedTokens.verifier(SECRET).verify(token).rights()).isEqualTo(Rights.DEFAULT);
  }

  @Test
  void everyTokenHasItsOwnId() {
    var verifier = SignedTokens.verifier(SECRET);
    Duration minute = Duration.ofMinutes(1);

    assertThat(verifier.verify(issuer.issue(ALICE, minute)).tokenId())
        .isNotEqualTo(verifier.verify(issuer.issue(ALICE, minute)).tokenId());
  }

  @Test
  void aTokenWithoutAnyTimeIsNotMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.issue(ALICE, Duration.ofMillis(999)));
  }
}
