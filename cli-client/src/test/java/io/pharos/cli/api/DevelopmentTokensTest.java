package io.pharos.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.security.DevSecret;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentTokensTest {
  @TempDir Path home;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void keepsATokenUntilItIsAboutToExpire() {
    var tokens = new DevelopmentTokens(new DevSecret(home.resolve("secret")), "ann", clock());
    String first = tokens.token();
    now = now.plus(Duration.ofMinutes(13));
    assertThat(tokens.token()).isEqualTo(first);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(tokens.token()).isNotEqualTo(first);
    assertThat(tokens.renews()).isTrue();
  }

  @Test
  void hasAUserWhateverTheSystemSays() {
    var secret = new DevSecret(home.resolve("secret"));
    assertThat(new DevelopmentTokens(secret, "ann", clock()).user()).hasToString("ann");
    assertThat(new DevelopmentTokens(secret, null, clock()).user()).hasToString("dev");
    assertThat(new DevelopmentTokens(secret, "a\u0007", clock()).user()).hasToString("dev");
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
