package io.pharos.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComebackTest {
  private final Comeback comeback = new Comeback(new SplittableRandom(1));

  @Test
  void pausesGrowAndStayBelowFiveSeconds() {
    for (int i = 0; i < 1000; i++) {
      assertThat(comeback.pause(0)).isBetween(250_000_000L, 500_000_000L);
      assertThat(comeback.pause(2)).isBetween(1_000_000_000L, 2_000_000_000L);
      assertThat(comeback.pause(1_000_000)).isBetween(2_500_000_000L, 5_000_000_000L);
    }
  }

  @Test
  void remembersTheLongestAbsence() {
    comeback.returned(3_000_000_000L);
    comeback.returned(1_000_000_000L);

    assertThat(comeback.returned()).isEqualTo(2);
    assertThat(comeback.longestAbsenceSeconds()).isEqualTo(3);
  }
}
