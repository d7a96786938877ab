package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Headers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHeadersTest {
  private static final String ALWAYS = AllowedHeaders.of(null);

  @Test
  void whatCallsHaveIsAlwaysAllowed() {
    assertThat(ALWAYS.split(", "))
        .contains("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID");
    assertThat(AllowedHeaders.of("")).isEqualTo(ALWAYS);
  }

  @Test
  void headersOfAMessageAreAllowedByTheirNames() {
    assertThat(
            AllowedHeaders.of(
                "authorization,pharos-header-pharos-key, Pharos-Header-X_1,x-pharos-header-a"))
        .isEqualTo(ALWAYS + ", pharos-header-pharos-key, Pharos-Header-X_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "x-other",
        "pharos-header-",
        "pharos-header-a b",
        "pharos-header-a:b",
        "pharos-header-a\r\nSet-Cookie: b",
        "pharos-header-\u00e9",
        "pharo\u017f-header-a"
      })
  void nothingElseIsEchoed(String requested) {
    assertThat(AllowedHeaders.of(requested)).isEqualTo(ALWAYS);
  }

  @Test
  void anAnswerIsNoLongerThanAMessageCanUse() {
    String longest = "pharos-header-" + "a".repeat(Headers.MAX_NAME);
    String many =
        IntStream.range(0, 100)
            .mapToObj(i -> "pharos-header-" + i)
            .collect(Collectors.joining(","));

    assertThat(AllowedHeaders.of(longest)).endsWith(longest);
    assertThat(AllowedHeaders.of(longest + "a")).isEqualTo(ALWAYS);
    assertThat(AllowedHeaders.of(many).substring(ALWAYS.length()).split("pharos-header-"))
        .hasSize(Headers.MAX_COUNT + 1);
  }
}
