package io.pharos.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final BitSet NONE = new BitSet();
  private static final long ALWAYS = Long.MIN_VALUE;

  /** Two destinations in turn; publications 0 to 3 warm up, 4 to 9 are measured. */
  private final Schedule schedule = new Schedule(10, 1, 2, 4, 10, 0);

  private final Tally tally = new Tally(schedule, new int[] {0, 1, 0, -1});

  @Test
  void isExactWhenEveryoneGotEverythingInOrder() {
    deliver(0, 4, 6, 8);
    deliver(1, 5, 7, 9);
    deliver(2, 4, 6, 8);

    Deliveries result = tally.result(NONE);
    assertThat(result.isExact()).isTrue();
    assertThat(result.expected()).isEqualTo(9).isEqualTo(tally.expected());
    assertThat(result.received()).isEqualTo(9);
  }

  @Test
  void countsWhatDidNotCome() {
    deliver(0, 4, 8);
    deliver(1, 5);

    Deliveries result = tally.result(NONE);
    assertThat(result.lost()).isEqualTo(1 + 2 + 3);
    assertThat(result.outOfOrder()).isZero();
    assertThat(result.isExact()).isFalse();
  }

  @Test
  void tellsLateFromTwice() {
    deliver(0, 4, 8, 6, 6, 8);

    Deliveries result = tally.result(NONE);
    assertThat(result.received()).isEqualTo(3);
    assertThat(result.outOfOrder()).isEqualTo(1);
    assertThat(result.duplicated()).isEqualTo(2);
  }

  @Test
  void doesNotMissWhatTheServerRefused() {
    deliver(0, 4, 8);
    deliver(1, 5, 7, 9);
    deliver(2, 4, 8);
    var refused = new BitSet();
    refused.set(6);

    assertThat(tally.result(refused).lost()).isZero();
    assertThat(tally.result(refused).expected()).isEqualTo(7);
  }

  @Test
  void ignoresTheWarmUpAndClientsThatDoNotRead() {
    deliver(0, 0, 2);
    deliver(3, 4);
    tally.gap(3);

    Deliveries result = tally.result(NONE);
    assertThat(result.received()).isZero();
    assertThat(result.gaps()).isZero();
  }

  @Test
  void noticesAMessageOfAnotherDestination() {
    deliver(0, 5);

    assertThat(tally.result(NONE).stray()).isEqualTo(1);
    assertThat(tally.result(NONE).isExact()).isFalse();
  }

  @Test
  void measuresFromTheIntendedTimeAndToTheLastSubscriber() {
    tally.delivered(0, 4, 1_000_000, 3_000_000, ALWAYS);
    tally.delivered(2, 4, 1_000_000, 9_000_000, ALWAYS);

    Deliveries result = tally.result(NONE);
    assertThat(result.latency().count()).isEqualTo(2);
    assertThat(result.latency().millis(50)).isBetween(1.99, 2.01);
    assertThat(result.latency().maxMillis()).isBetween(7.99, 8.02);
    assertThat(result.lastSubscriber().count()).isEqualTo(1);
    assertThat(result.lastSubscriber().maxMillis()).isBetween(7.99, 8.02);
  }

  @Test
  void keepsReplayedMessagesOutOfTheLatencies() {
    tally.delivered(0, 4, 1_000_000, 3_000_000, 2_000_000);
    tally.delivered(0, 6, 2_000_000, 3_000_000, 2_000_000);

    Deliveries result = tally.result(NONE);
    assertThat(result.replayed()).isEqualTo(1);
    assertThat(result.latency().count()).isEqualTo(1);
    assertThat(result.received()).isEqualTo(2);
  }

  private void deliver(int client, int... publications) {
    for (int publication : publications) {
      tally.delivered(client, publication, 0, 1, ALWAYS);
    }
  }
}
