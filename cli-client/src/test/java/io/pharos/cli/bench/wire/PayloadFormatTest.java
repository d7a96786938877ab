package io.pharos.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadFormatTest {
  private final PayloadFormat format = new PayloadFormat(0xCAFE, 64);

  @ParameterizedTest
  @CsvSource({"0, 0", "1, -1", "268435456, 9223372036854775807", "77, -9223372036854775808"})
  void readsBackWhatItWrote(int publication, long intended) {
    byte[] bytes = new byte[70];

    format.write(bytes, 3, publication, intended);

    assertThat(format.matches(bytes, 3, 64)).isTrue();
    assertThat(format.publication(bytes, 3)).isEqualTo(publication);
    assertThat(format.intended(bytes, 3)).isEqualTo(intended);
  }

  @Test
  void fillsExactlyItsSize() {
    byte[] bytes = new byte[66];

    format.write(bytes, 1, 5, 6);

    assertThat(new String(bytes, StandardCharsets.US_ASCII))
        .isEqualTo("\0pb/0000cafe/00000005/0000000000000006/" + ".".repeat(64 - 38) + "\0");
  }

  @Test
  void doesNotTakeAnotherRunsMessageForItsOwn() {
    byte[] bytes = new byte[64];
    new PayloadFormat(0xBEEF, 64).write(bytes, 0, 1, 2);

    assertThat(format.matches(bytes, 0, 64)).isFalse();
  }

  @Test
  void doesNotTakeTheBeginningOfAMessageForOne() {
    byte[] bytes = new byte[64];
    format.write(bytes, 0, 1, 2);

    assertThat(format.matches(bytes, 0, 37)).isFalse();
  }

  @Test
  void reportsDamage() {
    byte[] bytes = new byte[64];
    format.write(bytes, 0, 1, 2);
    bytes[14] = 'x';

    assertThatThrownBy(() -> format.publication(bytes, 0)).isInstanceOf(WireException.class);
  }

  @Test
  void refusesASizeThatCannotHoldItsFields() {
    assertThatThrownBy(() -> new PayloadFormat(1, 47))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("48");
  }
}
