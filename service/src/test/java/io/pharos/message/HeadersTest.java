package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

  @Test
  void headersKeepTheirOrderAndNobodyChangesThem() {
    var given = new LinkedHashMap<String, String>();
    given.put("z", "1");
    given.put("a", "");
    given.put("Z", "ü \ud83d\ude00 : \\");
    Headers headers = new Headers(given);
    given.put("late", "x");

    assertThat(headers.values().keySet()).containsExactly("z", "a", "Z");
    assertThat(headers.get("Z")).isEqualTo("ü \ud83d\ude00 : \\");
    assertThat(headers.get("late")).isNull();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> headers.values().put("b", "c"));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("", "v"),
        Arguments.of("a\nb", "v"),
        Arguments.of("a\rb", "v"),
        Arguments.of(" a", "v"),
        Arguments.of("a ", "v"),
        Arguments.of("\u00a0pharos-event", "gap"),
        Arguments.of("ack\ufeff", "v"),
        Arguments.of("ü".repeat(Headers.MAX_NAME / 2 + 1), "v"),
        Arguments.of("a\u0000", "v"),
        Arguments.of("a\ud800", "v"),
        Arguments.of("a".repeat(Headers.MAX_NAME + 1), "v"),
        Arguments.of(Headers.EVENT, "x\ny"),
        Arguments.of(Headers.KEY, "\r"),
        Arguments.of("a", "\u0000"),
        Arguments.of("a", "\t"),
        Arguments.of("a", "\u001b[2J"),
        Arguments.of("a", "\u0085"),
        Arguments.of("a", "\ud800"),
        Arguments.of("a", "\udc00x"),
        Arguments.of("a", "x\ud800y"),
        Arguments.of("a", "v".repeat(Headers.MAX_VALUE + 1)),
        Arguments.of("a", "ü".repeat(Headers.MAX_VALUE / 2 + 1)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("wrong")
  void controlCharactersAndWhatIsTooLongAreRefused(String name, String value) {
    Refusals.assertBadRequest(() -> new Headers(Map.of(name, value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "destination",
        "message-id",
        "subscription",
        "ack",
        "position",
        "content-type",
        "content-length",
        "receipt",
        "receipt-id",
        "transaction",
        "redelivered",
        "timestamp",
        "pharos-event",
      })
  void whatTheServerSetsCannotBeForged(String name) {
    Refusals.assertBadRequest(() -> new Headers(Map.of(name, "v")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a b", "a\\b", "grüße", "\ud83d\ude00"})
  void namesAreAnyText(String name) {
    assertThat(new Headers(Map.of(name, "v")).get(name)).isEqualTo("v");
  }

  @Test
  void valuesMayHaveSeveralLines() {
    assertThat(new Headers(Map.of("a", "x\r\ny\n")).get("a")).isEqualTo("x\r\ny\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connected", "gap", "expired", "error", "open"})
  void aControlEventCannotBeForged(String event) {
    Refusals.assertBadRequest(() -> new Headers(Map.of(Headers.EVENT, event)));
  }

  @Test
  void theirNumberAndSizeAreBounded() {
    var most = new HashMap<String, String>();
    for (int i = 0; i < Headers.MAX_COUNT; i++) {
      most.put("n" + i, "v".repeat(Headers.MAX_VALUE));
    }
    assertThat(new Headers(most).values()).hasSize(Headers.MAX_COUNT);

    most.put("one-more", "v");
    Refusals.assertBadRequest(() -> new Headers(most));
  }
}
