package io.pharos.cli.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final List<Duration> waits = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Deque<IOException> failures = new ArrayDeque<>();
  private long now = 1;
  private boolean ended;

  private final Pause pause =
      new Pause() {
        @Override
        public boolean waitFor(Duration time) {
          waits.add(time);
          now += time.toNanos();
          return !ended;
        }
      };

  private final Retry retry = retry(FirstConnect.FAIL);

  private Retry retry(FirstConnect first) {
    return new Retry(
        first,
        Duration.ofSeconds(30),
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), RandomGenerator.getDefault()),
        pause,
        () -> now,
        told::add);
  }

  @Test
  void repeatsWhileTheServerIsUnavailable() throws Exception {
    fail(new ServerRefusedException(503, "away", null), new IOException("reset"));
    assertThat(retry.call(this::send)).isEqualTo("stored");
    assertThat(waits).hasSize(2);
    assertThat(told.getFirst()).startsWith("away; trying again in ");
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    fail(new ServerRefusedException(503, "away", Duration.ofSeconds(5)));
    retry.call(this::send);
    assertThat(waits).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void givesUpWhenTheTimeIsUp() {
    for (int i = 0; i < 100; i++) {
      failures.add(new ServerRefusedException(503, "away", null));
    }
    assertThatThrownBy(() -> retry.call(this::send)).hasMessage("away");
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
  }

  @Test
  void eachRequestHasItsOwnTime() throws Exception {
    for (int i = 0; i < 10; i++) {
      fail(new ServerRefusedException(503, "away", Duration.ofSeconds(25)));
      retry.call(this::send);
    }
    assertThat(waits).hasSize(10);
  }

  @Test
  void aServerThatWasNeverThereIsNotWaitedFor() {
    fail(new ConnectException("refused"));
    assertThatThrownBy(() -> retry.call(this::send)).isInstanceOf(ConnectException.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void aServerThatIsNotThereYetCanBeWaitedFor() throws Exception {
    fail(new ConnectException("refused"), new ServerRefusedException(404, "starting", null));
    assertThat(retry(FirstConnect.WAIT).call(this::send)).isEqualTo("stored");
    assertThat(waits).hasSize(2);
  }

  @Test
  void aServerThatStartsAgainHasNoPharosForAMoment() throws Exception {
    retry.call(this::send);
    fail(new ServerRefusedException(404, "starting", null));
    assertThat(retry.call(this::send)).isEqualTo("stored");
  }

  @Test
  void anAddressWithoutPharosIsNotWaitedFor() {
    fail(new ServerRefusedException(404, "nothing here", null));
    assertThatThrownBy(() -> retry(FirstConnect.WAIT).call(this::send)).hasMessage("nothing here");
    assertThat(waits).isEmpty();
  }

  @Test
  void aServerThatWentAwayIsWaitedFor() throws Exception {
    retry.call(this::send);
    fail(new ConnectException("refused"));
    assertThat(retry.call(this::send)).isEqualTo("stored");
  }

  @Test
  void whatWillNotChangeIsNotRepeated() {
    fail(new ServerRefusedException(403, "no right", null));
    assertThatThrownBy(() -> retry.call(this::send)).hasMessage("no right");
    fail(new UnexpectedAnswerException("no JSON"));
    assertThatThrownBy(() -> retry.call(this::send)).hasMessage("no JSON");
    assertThat(waits).isEmpty();
  }

  @Test
  void anEarlierTryThatMayHaveBeenCarriedOutIsRemembered() {
    IOException lost = new IOException("reset");
    fail(
        new ServerRefusedException(429, "busy", null),
        lost,
        new ServerRefusedException(503, "away; nothing was stored", null, true),
        new ServerRefusedException(403, "no right", null));
    assertThatThrownBy(() -> retry.call(this::send))
        .hasMessage("no right")
        .satisfies(it -> assertThat(it.getSuppressed()).containsExactly(lost));
  }

  @Test
  void endsAtOnceWhenThereIsNoMoreWaiting() {
    ended = true;
    fail(new ServerRefusedException(503, "away", null));
    assertThatThrownBy(() -> retry.call(this::send)).hasMessage("away");
  }

  private void fail(IOException... with) {
    failures.addAll(List.of(with));
  }

  private String send() throws IOException {
    IOException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return "stored";
  }
}
