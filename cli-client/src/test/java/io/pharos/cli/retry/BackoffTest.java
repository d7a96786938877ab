package io.pharos.cli.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final RandomGenerator LEAST = fixed(0.0);
  private static final RandomGenerator MOST = fixed(1.0);

  @Test
  void doublesUpToTheLimit() {
    var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), LEAST);
    assertThat(waits(backoff, 5)).containsExactly(500L, 1000L, 2000L, 3000L, 3000L);
  }

  @Test
  void leavesHalfOfItToChance() {
    var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), MOST);
    assertThat(waits(backoff, 3)).containsExactly(250L, 500L, 1000L);
  }

  @Test
  void startsAgainWhenAllIsWell() {
    var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), LEAST);
    waits(backoff, 4);
    backoff.reset();
    assertThat(waits(backoff, 1)).containsExactly(500L);
  }

  @Test
  void startsWithWhatTheServerAsksFor() {
    var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), LEAST);
    backoff.startFrom(Duration.ofMillis(700));
    assertThat(waits(backoff, 2)).containsExactly(700L, 1400L);
    backoff.reset();
    assertThat(waits(backoff, 1)).containsExactly(700L);
  }

  @Test
  void aServersWishDoesNotShortenTheWaitWhileThingsGoWrong() {
    var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), LEAST);
    waits(backoff, 2);
    backoff.startFrom(Duration.ofMillis(100));
    assertThat(waits(backoff, 1)).containsExactly(2000L);
  }

  @Test
  void isNeitherHurriedNorPutOffForLong() {
    var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), LEAST);
    backoff.startFrom(Duration.ZERO);
    assertThat(waits(backoff, 1)).containsExactly(100L);
    backoff.reset();
    backoff.startFrom(Duration.ofDays(10_000));
    assertThat(waits(backoff, 2)).containsExactly(60_000L, 60_000L);
  }

  private static List<Long> waits(Backoff backoff, int count) {
    return Stream.generate(backoff::next).limit(count).map(Duration::toMillis).toList();
  }

  private static RandomGenerator fixed(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
