package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A poll that has waited for a while: its client may have gone, and only a write shows it. */
class ParkedPollTest {
  private static final String INTERRUPTED = "c[1002,\"Connection interrupted\"]\n";
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Base base = new Base(Base.OPEN, tasks::add);

  /** Does all that other threads would do. */
  private void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private FakeExchange poll() {
    FakeExchange poll = base.poll("s");
    work();
    return poll;
  }

  private FakeExchange parked() {
    poll();
    FakeExchange poll = poll();
    base.pass(A_WHILE);
    return poll;
  }

  private SockJsConnection connection() {
    return base.service.opened.getLast();
  }

  @Test
  @Tag("sockjs-13")
  void whatComesAfterItsClientHasGoneIsNotLostInSilence() throws Exception {
    for (int unnoticed : new int[] {0, 1}) {
      FakeExchange poll = parked();
      poll.cut(unnoticed);
      try {
        connection().send("lost");
      } catch (IOException e) {
        // The first write has failed already.
      }
      work();
      assertThat(poll.aborted()).isTrue();
      assertThatIOException().isThrownBy(() -> connection().send("later"));
      assertThat(poll().body()).isEqualTo(INTERRUPTED);
      assertThat(base.service.closed).isEqualTo(unnoticed + 1);
      base.pass(Duration.ofSeconds(5));
      work();
    }
  }

  @Test
  void itsHeadGoesFirstAndItsFrameLaterWithWhatCameMeanwhile() throws Exception {
    FakeExchange poll = parked();
    connection().send("a");
    assertThat(poll.heads).isEqualTo(1);
    assertThat(poll.pieces).isEmpty();
    connection().send("b");
    assertThat(poll.pieces).isEmpty();
    work();
    assertThat(poll.pieces).containsExactly("a[\"a\",\"b\"]\n");
    assertThat(poll.heads).isEqualTo(1);
    assertThat(poll.ended()).isTrue();
    assertThat(base.service.closed).isZero();
  }

  @Test
  void whenItWasJustOpenedItsFrameGoesAtOnce() throws Exception {
    poll();
    FakeExchange poll = poll();
    connection().send("a");
    assertThat(poll.pieces).containsExactly("a[\"a\"]\n");
    assertThat(poll.heads).isZero();
  }

  @Test
  void aHeartBeatAndACloseCanBeLostAndAreNotDelayed() {
    FakeExchange poll = parked();
    base.pass(Base.OPEN.heartbeat());
    work();
    assertThat(poll.pieces).containsExactly("h\n");
    assertThat(poll.heads).isZero();
    poll = poll();
    base.pass(A_WHILE);
    connection().close(new CloseStatus(3000, "Go away!"));
    assertThat(poll.pieces).containsExactly("c[3000,\"Go away!\"]\n");
    assertThat(poll.heads).isZero();
  }

  @Test
  void aStreamHasItsHeartBeatsForThat() throws Exception {
    FakeExchange stream = base.stream("s");
    work();
    base.pass(A_WHILE);
    connection().send("a");
    assertThat(stream.pieces.getLast()).isEqualTo("a[\"a\"]\n");
    assertThat(stream.heads).isZero();
  }

  @Test
  void aCloseMeanwhileComesAfterWhatWaits() throws Exception {
    FakeExchange poll = parked();
    connection().send("last words");
    connection().close(new CloseStatus(3000, "Go away!"));
    assertThat(poll.pieces).isEmpty();
    work();
    assertThat(poll.body()).isEqualTo("a[\"last words\"]\n");
    assertThat(poll().body()).isEqualTo("c[3000,\"Go away!\"]\n");
  }

  @Test
  @Tag("sockjs-13")
  void aPollThatASecondReceiverHasProbedProvesItselfAgain() throws Exception {
    FakeExchange first = parked();
    assertThat(poll().body()).startsWith("c[2010");
    first.cut(1);
    connection().send("lost");
    work();
    assertThat(first.aborted()).isTrue();
    assertThat(poll().body()).isEqualTo(INTERRUPTED);
  }

  @Test
  @Tag("sockjs-12")
  @Tag("sockjs-13")
  void aSecondReceiverMeanwhileFindsOutAsWell() throws Exception {
    FakeExchange first = parked();
    first.cut(2);
    connection().send("lost");
    Runnable rest = tasks.remove();
    assertThat(poll().body()).isEqualTo(INTERRUPTED);
    rest.run();
    work();
    assertThat(first.aborted()).isTrue();
    assertThat(base.service.closed).isEqualTo(1);
  }
}
