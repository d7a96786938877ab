package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @Test
  void aTokenIsEpochAndOffset() {
    assertThat(Position.parse("a1B2-42")).isEqualTo(new Position("a1B2", 42));
    assertThat(Position.parse("e-0").next()).isEqualTo(new Position("e", 1));
    assertThat(Position.parse("e-10").previous()).isEqualTo(new Position("e", 9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "e",
        "e-",
        "-1",
        "e-01",
        "e-00",
        "e--1",
        "e-+1",
        "e- 1",
        "e-1 ",
        " e-1",
        "e-1-1",
        "e-1x",
        "e_f-1",
        "é-1",
        "e-\u0661",
        "e-1000000000000000000",
        "e-9223372036854775808",
        "abcdefghijklmnopq-1",
      })
  void everyOtherSpellingIsRefused(String token) {
    Refusals.assertBadRequest(() -> Position.parse(token));
  }

  @Test
  void aPositionThatCouldNotBeParsedAgainCannotBeBuilt() {
    Refusals.assertBadRequest(() -> new Position("e", -1));
    Refusals.assertBadRequest(() -> new Position("e", Position.MAX_OFFSET + 1));
    Refusals.assertBadRequest(() -> new Position("e", Long.MAX_VALUE));
  }
}
