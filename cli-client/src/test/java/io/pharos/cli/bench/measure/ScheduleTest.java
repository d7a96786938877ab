package io.pharos.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "10, 1", "10, 3", "4, 100"})
  void everyPublicationHasItsPlaceAtItsDestination(int burst, int destinations) {
    Schedule schedule = Schedule.of(1000, burst, destinations, SECOND, 2 * SECOND, 0);
    int[] next = new int[destinations];

    for (int publication = 0; publication < schedule.total(); publication++) {
      int destination = schedule.destination(publication);
      if (publication == schedule.warmUp()) {
        assertThat(next).containsOnly(schedule.firstSequence());
      }
      assertThat(schedule.sequence(publication)).isEqualTo(next[destination]);
      assertThat(schedule.publication(destination, next[destination])).isEqualTo(publication);
      next[destination]++;
    }

    assertThat(next).containsOnly(schedule.endSequence());
  }

  @Test
  void keepsTheMeanRateWithBursts() {
    Schedule schedule = Schedule.of(100, 10, 1, 0, 2 * SECOND, 5);

    assertThat(schedule.total()).isEqualTo(200);
    assertThat(schedule.intended(0)).isEqualTo(5);
    assertThat(schedule.intended(9)).isEqualTo(5);
    assertThat(schedule.intended(10)).isEqualTo(5 + SECOND / 10);
    assertThat(schedule.end()).isEqualTo(5 + 2 * SECOND);
  }

  @Test
  void measuresEveryDestinationEvenInAShortRun() {
    Schedule schedule = Schedule.of(1, 1, 50, 0, SECOND, 0);

    assertThat(schedule.measured()).isEqualTo(50);
  }

  @Test
  void refusesMorePublicationsThanItCanNumber() {
    assertThatThrownBy(() -> Schedule.of(1e6, 1, 1, 0, 3600 * SECOND, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
