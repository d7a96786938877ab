package io.pharos.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationHeadersTest {
  private final MultivaluedHashMap<String, String> request = new MultivaluedHashMap<>();

  private Headers read() {
    return PublicationHeaders.of(request);
  }

  @Test
  void namesAreInLowerCaseAndOtherHeadersAreNotTheMessages() {
    request.add("Pharos-Header-Event", "price");
    request.add("Content-Type", "text/plain");
    assertThat(read().values()).containsOnly(entry("event", "price"));
  }

  @Test
  void withoutAnyThereAreNone() {
    assertThat(read()).isSameAs(Headers.NONE);
  }

  @Test
  void valuesAreUtf8() {
    request.add("Pharos-Header-city", asTheContainerReads("Zürich 東京 😀".getBytes(UTF_8)));
    assertThat(read().values()).containsOnly(entry("city", "Zürich 東京 😀"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zürich", "Ã", "\u00ed\u00a0\u0080", "\u00c0\u00af", "東京"})
  void bytesThatAreNotUtf8AreRefused(String value) {
    request.add("Pharos-Header-city", value);
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST))
        .hasMessageContainingAll("'Pharos-Header-city'", "must be UTF-8");
  }

  @Test
  void aHeaderGivenTwiceIsOneListInItsOrder() {
    request.addAll("Pharos-Header-tag", "b", "a, c", "b");
    assertThat(read().values()).containsOnly(entry("tag", "b, a, c, b"));
  }

  @Test
  void spellingsOfOneNameAreOneHeader() {
    request.add("Pharos-Header-tag", "a");
    request.add("pharos-header-TAG", "b");
    assertThat(read().get("tag")).isIn("a, b", "b, a");
  }

  private static String asTheContainerReads(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
