package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  @Tag("stomp-23")
  @Test
  void withoutAListItIsVersion10() {
    assertThat(Version.negotiate(null)).isEqualTo(Version.V1_0);
  }

  @Tag("stomp-23")
  @ParameterizedTest
  @CsvSource({
    "'1.0',V1_0",
    "'1.0,1.1,2.0',V1_1",
    "'1.2,1.1,1.0',V1_2",
    "'1.1, 1.2',V1_2",
    "'9,1.0',V1_0"
  })
  void highestCommonVersionIsChosen(String offered, Version expected) {
    assertThat(Version.negotiate(offered)).isEqualTo(expected);
  }

  @Tag("stomp-24")
  @ParameterizedTest
  @ValueSource(strings = {"", "2.0", "1.3,3", "1", "1.2.0", ","})
  void withoutACommonVersionThereIsNone(String offered) {
    assertThat(Version.negotiate(offered)).isNull();
  }
}
