package io.pharos.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.failure.OutputClosedException;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.retry.Backoff;
import io.pharos.cli.retry.FirstConnect;
import io.pharos.cli.retry.Pause;
import io.pharos.cli.stream.StreamEvent.Connected;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.message.Body;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubscriberTest {
  private final Deque<Object> script = new ArrayDeque<>();
  private final List<String> printed = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final List<String> resumedFrom = new ArrayList<>();
  private final Bookmark bookmark = new Bookmark();
  private final List<String> confirmed = new ArrayList<>();
  private boolean outputFails;
  private Duration timeout = Duration.ofSeconds(60);
  private int opened;
  private int closed;
  private long now = 1;

  @Test
  void stopsAtTheCountAndClosesTheConnection() throws Exception {
    play(List.of(message(1), message(2)), List.of(message(3), message(4)));
    assertThat(run(3, FirstConnect.FAIL)).isEqualTo(ExitCode.DONE);
    assertThat(printed).containsExactly("m1", "m2", "flush", "m3", "flush");
    assertThat(bookmark.cursor("s")).isEqualTo("e-3");
    assertThat(closed).isEqualTo(opened).isOne();
  }

  @Test
  void comesBackWhereItWas() throws Exception {
    play(List.of(message(1)), new IOException("reset"), List.of(message(2)));
    assertThat(run(2, FirstConnect.FAIL)).isEqualTo(ExitCode.DONE);
    assertThat(resumedFrom).containsExactly("null", "e-1");
    assertThat(closed).isEqualTo(opened).isEqualTo(2);
  }

  @Test
  void waitsLongerEachTimeUntilSomethingComes() throws Exception {
    play(List.of(message(1)));
    for (int i = 0; i < 5; i++) {
      play(new IOException("reset"));
    }
    play(List.of(message(2)), new IOException("reset"), List.of(message(3)));
    run(3, FirstConnect.FAIL);
    assertThat(waits).hasSize(6);
    assertThat(waits.get(0)).isLessThanOrEqualTo(Duration.ofMillis(500));
    assertThat(waits.get(4)).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
    assertThat(waits.get(5)).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aServerThatIsNotThereAtFirstIsAFailure() {
    failToConnect(new ConnectException("refused"));
    assertThatThrownBy(() -> run(1, FirstConnect.FAIL)).isInstanceOf(ConnectException.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void aServerThatEndsTheFirstConnectionWithoutAWordIsAFailure() {
    play(List.of(), new IOException("closed"));
    assertThatThrownBy(() -> run(1, FirstConnect.FAIL)).hasMessage("closed");
    assertThat(waits).isEmpty();
  }

  @Test
  void aServerThatIsNotThereAtFirstCanBeWaitedFor() throws Exception {
    failToConnect(new ConnectException("refused"));
    play(List.of(message(1)));
    assertThat(run(1, FirstConnect.WAIT)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aServerThatHasGoneIsWaitedForWithoutEnd() throws Exception {
    timeout = Goal.NO_TIMEOUT;
    play(List.of(message(1)), new IOException("reset"));
    for (int i = 0; i < 100; i++) {
      failToConnect(new ConnectException("refused"));
    }
    failToConnect(new ServerRefusedException(404, "not deployed yet", null));
    play(List.of(message(2)));
    assertThat(run(2, FirstConnect.FAIL)).isEqualTo(ExitCode.DONE);
    assertThat(waits).hasSize(102).allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) <= 0);
  }

  @Test
  void aRefusalForGoodIsTheEnd() {
    play(List.of(message(1)), new IOException("reset"));
    failToConnect(new ServerRefusedException(403, "no right", null));
    assertThatThrownBy(() -> run(2, FirstConnect.WAIT)).hasMessage("no right");
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    failToConnect(new ServerRefusedException(503, "away", Duration.ofSeconds(7)));
    play(List.of(message(1)));
    run(1, FirstConnect.WAIT);
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void doesNotWaitBeyondItsTime() throws Exception {
    play(List.of(message(1)), new IOException("reset"));
    failToConnect(new ServerRefusedException(503, "away", Duration.ofSeconds(700)));
    assertThat(run(2, FirstConnect.FAIL)).isEqualTo(ExitCode.TIMED_OUT);
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aGapIsRememberedToTheEnd() throws Exception {
    play(List.of(new Gap(new Mark("s", "e-5"), "/topic/a", "e-5", "lost"), message(6)));
    assertThat(run(1, FirstConnect.FAIL)).isEqualTo(ExitCode.GAP);
    assertThat(printed).containsExactly("gap", "m6", "flush");
  }

  @Test
  void tooFewMessagesAreTimedOutEvenWithAGap() throws Exception {
    play(List.of(new Gap(null, null, null, "lost"), message(6)));
    assertThat(run(2, FirstConnect.FAIL)).isEqualTo(ExitCode.TIMED_OUT);
  }

  @Test
  void withoutACountOneMessageInTimeIsEnough() throws Exception {
    play(List.of(message(1)));
    assertThat(run(Goal.NO_COUNT, FirstConnect.FAIL)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void withoutACountNoMessageInTimeIsTooFew() throws Exception {
    assertThat(run(Goal.NO_COUNT, FirstConnect.FAIL)).isEqualTo(ExitCode.TIMED_OUT);
  }

  @Test
  void whatWasPrintedIsConfirmedAfterItWasFlushed() throws Exception {
    play(List.of(message(1)), List.of(message(2)));
    run(2, FirstConnect.FAIL);
    assertThat(confirmed).containsExactly("m1, flush", "m1, flush, m2, flush");
  }

  @Test
  void whatCannotBePrintedIsNotConfirmed() {
    outputFails = true;
    play(List.of(message(1)));
    assertThatThrownBy(() -> run(1, FirstConnect.FAIL)).isInstanceOf(OutputClosedException.class);
    assertThat(confirmed).isEmpty();
    assertThat(closed).isEqualTo(opened).isOne();
  }

  private ExitCode run(long count, FirstConnect first) throws Exception {
    var pause =
        new Pause() {
          @Override
          public boolean waitFor(Duration time) {
            waits.add(time);
            now += time.toNanos();
            return true;
          }
        };
    var reconnect =
        new Reconnect(first, Backoff.standard(), pause, () -> now, (reason, wait) -> {});
    var goal = new Goal(count, timeout, () -> now);
    return new Subscriber(this::connect, bookmark, goal, output(), reconnect, progress()).run();
  }

  /** What connections give in turn: lists of events, or the failure that ends one. */
  private void play(Object... steps) {
    script.addAll(List.of(steps));
  }

  private void failToConnect(IOException failure) {
    script.add(new Refusal(failure));
  }

  private record Refusal(IOException failure) {}

  private StreamConnection connect(Bookmark from, Duration patience) throws IOException {
    if (script.peek() instanceof Refusal refusal) {
      script.remove();
      throw refusal.failure();
    }
    resumedFrom.add(String.valueOf(from.cursor("s")));
    opened++;
    return new StreamConnection() {
      @Override
      public List<StreamEvent> read(Duration limit) throws IOException {
        Object step = script.poll();
        if (step instanceof IOException failure) {
          throw failure;
        }
        if (step instanceof List<?> events) {
          return events.stream().map(StreamEvent.class::cast).toList();
        }
        now += limit.toNanos();
        return List.of();
      }

      @Override
      public void printed() {
        confirmed.add(String.join(", ", printed));
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private MessageOutput output() {
    return new MessageOutput() {
      @Override
      public void message(Received message) {
        printed.add(String.valueOf(message.body().textOrNull()));
      }

      @Override
      public void gap(Gap gap) {
        printed.add("gap");
      }

      @Override
      public void flush() {
        if (outputFails) {
          throw new OutputClosedException(new IOException("Broken pipe"));
        }
        if (!printed.isEmpty() && !printed.getLast().equals("flush")) {
          printed.add("flush");
        }
      }
    };
  }

  private static Subscriber.Progress progress() {
    return new Subscriber.Progress() {
      @Override
      public void connected(Connected event) {}

      @Override
      public void expired() {}
    };
  }

  private static Received message(int number) {
    return new Received(
        new Mark("s", "e-" + number),
        "e-" + number,
        "/topic/a",
        "message",
        null,
        Map.of(),
        Body.of("m" + number),
        null);
  }
}
