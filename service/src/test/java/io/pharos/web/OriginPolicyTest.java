package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
  private final OriginPolicy policy =
      OriginPolicy.of(List.of("https://app.example", "http://other.example:8080"), false);

  @ParameterizedTest
  @CsvSource({
    "https://app.example, server:9080",
    "https://app.example:443, server:9080",
    "HTTPS://APP.example, server:9080",
    "http://other.example:8080, server:9080",
    "http://server:9080, server:9080",
    "https://server, server",
    "http://[::1]:9080, [::1]:9080",
  })
  void theServersOwnOriginAndListedOnesMayCall(String origin, String host) {
    assertThat(policy.allows(origin, host, false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://app.example",
        "https://app.example.evil.test",
        "https://evil.test/https://app.example",
        "https://app.example@evil.test",
        "https://app.example:444",
        "http://other.example",
        "http://localhost:5173",
        "file://",
        "https://app.example/",
        "javascript:alert(1)",
        "https://",
      })
  void allOthersMayNot(String origin) {
    assertThat(policy.allows(origin, "server:9080", false)).isFalse();
  }

  @Test
  void byTlsAPageOfTheSameHostThatCameWithoutItIsAnotherOrigin() {
    assertThat(policy.allows("https://server", "server", true)).isTrue();
    assertThat(policy.allows("http://server", "server", true)).isFalse();
    assertThat(policy.allows("http://other.example:8080", "server", true)).isTrue();
    assertThat(policy.allows("http://server", "server", false)).isTrue();
    assertThat(policy.allows("https://server", "server", false)).isTrue();
  }

  @Test
  void developmentTakesPagesOfThisMachineOnAnyPort() {
    OriginPolicy development = OriginPolicy.of(List.of(), true);
    assertThat(development.allows("http://localhost:5173", "localhost:9080", false)).isTrue();
    assertThat(development.allows("http://127.0.0.1:3000", "localhost:9080", false)).isTrue();
    assertThat(development.allows("http://localhost.evil.test:5173", "localhost:9080", false))
        .isFalse();
  }

  @Test
  void theOpaqueOriginCountsOnlyWhenListed() {
    assertThat(OriginPolicy.of(List.of("null"), false).allows("null", "server", false)).isTrue();
  }

  @Test
  void aStarLetsEveryOriginIn() {
    OriginPolicy open = OriginPolicy.of(List.of("*"), false);
    assertThat(open.allowsAny()).isTrue();
    assertThat(open.allows("https://any.example", "server", false)).isTrue();
    assertThat(open.allows("null", "server", false)).isTrue();
    assertThat(policy.allowsAny()).isFalse();
  }

  @Test
  void anEntryThatIsNoOriginIsNamed() {
    assertThatThrownBy(() -> OriginPolicy.of(List.of("app.example"), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("app.example");
  }
}
