package io.pharos.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.broker.VirtualClock;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<String> asked = new ArrayList<>();
  private Duration life = Duration.ofMinutes(1);
  private boolean refuses;

  private final VerifiedTokens tokens =
      new VerifiedTokens(
          token -> {
            asked.add(token);
            if (refuses) {
              throw JwtTokenVerifier.refused("no");
            }
            return new Identity(new UserName(token), Rights.NONE, clock.instant().plus(life), null);
          },
          clock);

  @Test
  void aTokenThatHeldIsNotVerifiedAgainForSomeSeconds() {
    Identity first = tokens.verify("alice");
    clock.advance(VerifiedTokens.MEMORY.minusMillis(1));

    assertThat(tokens.verify("alice")).isSameAs(first);
    assertThat(asked).containsExactly("alice");
  }

  @Test
  void eachTokenHasItsOwnAnswer() {
    assertThat(tokens.verify("alice").user().value()).isEqualTo("alice");
    assertThat(tokens.verify("bob").user().value()).isEqualTo("bob");
    assertThat(tokens.verify("alice").user().value()).isEqualTo("alice");
  }

  @Test
  void aWithdrawnKeyIsNoticedAfterTheseSeconds() {
    tokens.verify("alice");
    refuses = true;
    clock.advance(VerifiedTokens.MEMORY);

    assertThatExceptionOfType(PharosException.class).isThrownBy(() -> tokens.verify("alice"));
  }

  @Test
  void nothingIsRememberedBeyondTheTokensExpiry() {
    life = Duration.ofSeconds(2);
    tokens.verify("alice");
    clock.advance(life);
    tokens.verify("alice");

    assertThat(asked).hasSize(2);
  }

  @Test
  void aRefusalIsNotRemembered() {
    refuses = true;
    assertThatExceptionOfType(PharosException.class).isThrownBy(() -> tokens.verify("alice"));
    refuses = false;

    assertThat(tokens.verify("alice").user().value()).isEqualTo("alice");
  }

  @Test
  void noMoreThanSoManyAreRememberedAndOldOnesMakeRoom() {
    for (int i = 0; i < VerifiedTokens.MOST; i++) {
      tokens.verify("user" + i);
    }
    asked.clear();
    tokens.verify("late");
    tokens.verify("late");
    assertThat(asked).containsExactly("late", "late");

    clock.advance(VerifiedTokens.MEMORY);
    asked.clear();
    tokens.verify("later");
    tokens.verify("later");
    assertThat(asked).containsExactly("later");
  }
}
