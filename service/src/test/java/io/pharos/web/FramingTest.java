package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
  private static final List<String> NONE = List.of();

  @Test
  void aRequestEndsByItsLengthOrByItsChunksOrHasNoBody() {
    assertThat(Framing.fault(NONE, NONE)).isNull();
    assertThat(Framing.fault(List.of("0"), NONE)).isNull();
    assertThat(Framing.fault(List.of("12345678901"), NONE)).isNull();
    assertThat(Framing.fault(NONE, List.of("Chunked"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "+35", "0x2", "1, 2", "1,1", "", "1.0", "\u0661"})
  void aLengthIsANumber(String length) {
    assertThat(Framing.fault(List.of(length), NONE)).contains("Content-Length", "number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xchunked", "gzip", "gzip, chunked", "chunked, chunked", "identity", ""})
  void noOtherCodingIsTaken(String coding) {
    assertThat(Framing.fault(NONE, List.of(coding))).contains("Transfer-Encoding", "chunked");
  }

  @Test
  void nothingIsSaidTwice() {
    assertThat(Framing.fault(List.of("1", "2"), NONE)).contains("one Content-Length");
    assertThat(Framing.fault(NONE, List.of("chunked", "chunked"))).isNotNull();
    assertThat(Framing.fault(List.of("1"), List.of("chunked"))).contains("no Content-Length");
  }
}
